using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>A server that is read from, and what it is asked.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="TlsPin">SHA-256 of its TLS key.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Requests">What it is asked.</param>
/// <param name="AnswerBytesMin">A shorter answer is none.</param>
public sealed record ReadTarget(
    Uri Address, Hash256 TlsPin, int ProcessId, IReadOnlyList<RawRequest> Requests, int AnswerBytesMin);
