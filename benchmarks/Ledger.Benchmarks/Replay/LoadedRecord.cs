using Ledger.Client.Protos;

namespace Ledger.Benchmarks.Replay;

/// <summary>A record that a learning record store has acknowledged.</summary>
/// <param name="View">Its commitment and locator.</param>
/// <param name="AcknowledgedAt">When, by the monotonic clock.</param>
public sealed record LoadedRecord(RecordView View, long AcknowledgedAt);
