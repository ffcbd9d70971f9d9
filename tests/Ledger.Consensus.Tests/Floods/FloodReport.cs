namespace Ledger.Consensus.Tests;

/// <summary>What a flood left behind in a replica, at its worst.</summary>
internal sealed record FloodReport(
    int Messages, int Large, long BytesSent, int Verified, long BytesKeptMax, int Evidence);
