"""The demonstration: invented institutions with a plausible life, for trying the tracker out.

Every name is invented and says so (演示…). Everything is done by the same operations that
people use, so that what a demonstration shows is what the product does.
"""
