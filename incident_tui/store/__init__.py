"""Where incidents are kept: the incident file, the home, playbooks, drafts.

What the entries mean is the domain's; commits are history's.
"""
