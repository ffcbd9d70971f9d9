using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Reads;

/// <summary>One round: a node and the bare web server, one after the other, by the same clients.</summary>
/// <param name="ReadsPerS">Reads a second from the node.</param>
/// <param name="LatencyMs">Their latencies.</param>
/// <param name="CpuMsPerRead">Processor time of the node for one.</param>
/// <param name="KestrelPerS">Calls a second of the web server with answers of equal size.</param>
/// <param name="KestrelLatencyMs">Their latencies.</param>
/// <param name="KestrelCpuMsPerCall">Processor time of the web server for one.</param>
/// <param name="RatioKestrel">Reads over calls.</param>
/// <param name="RssMb">Resident memory of the node.</param>
/// <param name="ClientCpuShare">Share of the processors that the clients had while they read from the node.</param>
/// <param name="ElsewhereCpuShare">Share that others had meanwhile.</param>
/// <param name="Partial">Whether the round was ended early.</param>
public sealed record ReadFigures(
    double ReadsPerS,
    LatencyMs LatencyMs,
    double CpuMsPerRead,
    double KestrelPerS,
    LatencyMs KestrelLatencyMs,
    double KestrelCpuMsPerCall,
    double RatioKestrel,
    double RssMb,
    double ClientCpuShare,
    double ElsewhereCpuShare,
    bool Partial);
