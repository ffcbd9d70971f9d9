using Ledger.Primitives;

namespace Ledger.Node.Storage;

/// <summary>What a batch makes of the seal.</summary>
/// <param name="Seal">The seal with the batch.</param>
/// <param name="Changes">The hashes of the entries that it sets; null for those that it removes.</param>
internal sealed record SealedBatch(StoreSeal Seal, IReadOnlyList<(SealedKey Key, Hash256? Hash)> Changes);
