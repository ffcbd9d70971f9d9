using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>What one order names, before and after it is given.</summary>
/// <param name="Learner">The learner of whom everything is to go; null where single records are.</param>
/// <param name="Records">The records, each once.</param>
/// <param name="AccountDigests">The accounts of which everything is to go, as the list names them.</param>
public sealed record ErasureScope(
    Address? Learner, IReadOnlyCollection<RecordLocator> Records, IReadOnlyCollection<HashedId> AccountDigests);
