namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Names of figures that several commands share, as their files spell them.</summary>
internal static class Fields
{
    internal const string Clients = "clients";
    internal const string TxPerS = "tx_per_s";
    internal const string RecordsPerS = "records_per_s";
    internal const string LatencyMs = "latency_ms";
    internal const string CpuMsPerTx = "cpu_ms_per_tx";
    internal const string Points = "points";
    internal const string Validators = "validators";

    /// <summary>A name as the begin of a sentence.</summary>
    internal static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
