using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>Copies that one right keeps.</summary>
/// <param name="Llpc">The learner and the verb.</param>
/// <param name="Writer">Who wrote the records.</param>
/// <param name="Grant">
/// The number of the grant with limits by which they were read; 0 where they were read without limits.
/// </param>
public sealed record CopyGroupName(LlpcName Llpc, Address Writer, ulong Grant);
