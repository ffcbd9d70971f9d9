using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Intake;

/// <summary>What stands for a whole run: the batches of statements, and what the host bears.</summary>
/// <param name="Clients">Clients that hand in batches.</param>
/// <param name="TxPerS">Batches of statements a second.</param>
/// <param name="RecordsPerS">Statements in them a second.</param>
/// <param name="LatencyMs">Of a batch.</param>
/// <param name="CpuMsPerTx">Processor time of the store for a batch.</param>
/// <param name="VerifyUs">One verification of a signature on the host.</param>
/// <param name="FdatasyncMsP50">Median of an append of 512 bytes with fdatasync.</param>
/// <param name="RssMb">Resident memory of the store, the most that it ever had.</param>
/// <param name="RatioPaging">Median of the last tenth of all pages over that of the first; null until measured.</param>
/// <param name="Rounds">One: a store is filled once.</param>
public sealed record IntakeSummary(
    int Clients,
    double TxPerS,
    double RecordsPerS,
    LatencyMs LatencyMs,
    double CpuMsPerTx,
    double VerifyUs,
    double FdatasyncMsP50,
    double RssMb,
    double? RatioPaging,
    int Rounds);
