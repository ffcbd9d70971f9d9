namespace Ledger.Consensus.Tests;

/// <summary>
/// Bytes that prove something, and the whole check that a node makes of them. Bytes from <see cref="From"/> on are
/// mutated: what stands before is the claim of a member that signs whatever it likes.
/// </summary>
internal sealed record MutationSubject(string Name, byte[] Bytes, int From, Func<byte[], bool> Accepts);
