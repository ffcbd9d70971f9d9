using Ledger.Primitives;

namespace Ledger.Benchmarks.Payload;

/// <summary>A transaction that is signed and waits to be sent.</summary>
/// <param name="Id">Its id, under which the outcome comes.</param>
/// <param name="SignedBytes">What is sent.</param>
/// <param name="Records">Records in it.</param>
public sealed record PreparedTransaction(Hash256 Id, byte[] SignedBytes, int Records);
