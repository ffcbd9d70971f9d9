namespace Ledger.Benchmarks.State;

/// <summary>What holds for all sizes of a run.</summary>
/// <param name="VerifyUs">One verification of a signature, before the run; blocks are applied without.</param>
/// <param name="FdatasyncMsP50">Median of an append of 512 bytes with fdatasync, before the run.</param>
/// <param name="Rounds">Rounds that were measured.</param>
/// <param name="Learners">Learners of the school, with 20 verbs each.</param>
/// <param name="RecordsOfBlock">Records of a block, one an operation.</param>
/// <param name="BlockCacheMb">
/// What the store's caches of blocks may take together. The system's cache of files is not limited.
/// </param>
public sealed record StateSummary(
    double VerifyUs, double FdatasyncMsP50, int Rounds, int Learners, int RecordsOfBlock, double BlockCacheMb);
