using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Tests.Support;

/// <summary>Figures of rounds that nobody measured.</summary>
internal static class Figures
{
    internal static RunContext Context { get; } = new(
        new MachineDescription("a processor", 2, 4096, "a system", "a runtime"), "abc", "./ledger bench load", 7,
        "now");

    internal static RunFigures Run(int clients, double txPerS) => new()
    {
        Validators = 4, Clients = clients, TxPerS = txPerS, RecordsPerS = txPerS,
        LatencyMs = new LatencyMs(1, 2, 3, 4), CpuMsPerTx = 1, VerifyUs = 60, RssMb = 200, LimitTxPerS = 1_000,
        ShareOfLimit = txPerS / 1_000, FdatasyncMsP50 = 1, SyncsPerBlock = 3, Rounds = 1, ClientCpuShare = 0.1,
        ElsewhereCpuShare = 0,
    };

    internal static LoadFigures Load(int clients, double txPerS) => new()
    {
        Run = Run(clients, txPerS), TxPerBlock = 10, Refused = 0, StandstillMs = 0, Seconds = 1, Partial = false,
    };
}
