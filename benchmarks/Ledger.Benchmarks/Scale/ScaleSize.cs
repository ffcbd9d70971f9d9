using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Scale;

/// <summary>How large something was when it was measured, and what a validator paid for a transaction then.</summary>
/// <param name="Scaled">validators, records or blocks.</param>
/// <param name="RecordsOnLedger">Records before the first round; 0 where they are not what grows.</param>
/// <param name="Height">Height of the chain before the first round.</param>
/// <param name="CpuMsPerTxValidator">Processor time of one validator for a transaction.</param>
/// <param name="LookupMs">
/// Proofs of random ranges by key at 16 clients, where the state grows; null where it does not.
/// </param>
public sealed record ScaleSize(
    string Scaled, long RecordsOnLedger, ulong Height, double CpuMsPerTxValidator, LatencyMs? LookupMs);
