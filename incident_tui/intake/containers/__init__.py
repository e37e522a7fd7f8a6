"""Files that programs wrote: logs, exports, alerts, status pages. Text in, entries out."""
