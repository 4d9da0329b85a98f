"""
What engines share that speak to a service: settings, bounded calls, second tries.

No call outlasts its deadline, no key is in any message, no redirect is followed, and
plain http leaves this machine only where a site asks for it.
"""
