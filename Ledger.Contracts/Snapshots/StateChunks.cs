using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>
/// Cuts the state into chunks of neighbouring keys, each with what proves it against the root. Rule N-3 of the
/// protocol.
/// </summary>
public static class StateChunks
{
    /// <summary>Room that an entry takes beside its key and value.</summary>
    private const int EntryOverheadBytes = 16;

    /// <summary>
    /// The chunk that begins with the first key whose hash is at least <paramref name="from"/>, or null where the tree
    /// has no such key. It holds one entry at least.
    /// </summary>
    public static StateChunk? Cut(StateTree tree, Hash256 from, int bytesMax)
    {
        StateChunk chunk = new();
        Hash256 last = default;
        int bytes = 0;
        foreach (StateChange entry in tree.EntriesFrom(from))
        {
            bytes += entry.Key.Raw.Length + entry.Value.Length + EntryOverheadBytes;
            if (chunk.Entries.Count > 0 && bytes > bytesMax)
            {
                break;
            }

            chunk.Entries.Add(new StateEntry
            {
                Key = UnsafeByteOperations.UnsafeWrap(entry.Key.Raw),
                Value = UnsafeByteOperations.UnsafeWrap(entry.Value),
            });
            last = entry.Key.Hash;
        }

        if (chunk.Entries.Count == 0)
        {
            return null;
        }

        if (tree.LastBefore(from) is { } before)
        {
            chunk.BeforeKeyHash = Bytes(before.Key.Hash);
            chunk.BeforeValueHash = Bytes(StateHashes.Value(before.Value.Span));
            chunk.Left.AddRange(Beside(tree.Prove(before.Key.Hash), before.Key.Hash, right: false));
        }

        chunk.Right.AddRange(Beside(tree.Prove(last), last, right: true));
        return chunk;
    }

    // A step of a path has its sibling on the side to which the path does not turn.
    private static IEnumerable<StateStep> Beside(StateProof path, Hash256 keyHash, bool right) =>
        path.Steps.Where(step => keyHash.Bit((int)step.Bit) != right);

    private static ByteString Bytes(Hash256 hash) => ByteString.CopyFrom(hash.ToArray());
}
