using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>The hashes of the state tree, written once for tree and verifier. Rule T-1 of the protocol.</summary>
public static class StateHashes
{
    private const ulong EmptyFlag = 0;
    private const ulong FilledFlag = 1;

    /// <summary>The root of a tree without keys.</summary>
    public static Hash256 EmptyRoot { get; } = Bind(EmptyFlag, Hash256.Zero);

    /// <summary>H(StateValue tag, value).</summary>
    public static Hash256 Value(ReadOnlySpan<byte> value) => TaggedHash.Of(Tags.StateValue, value);

    /// <summary>H(StateLeaf tag, key hash, value hash).</summary>
    public static Hash256 Leaf(in Hash256 keyHash, in Hash256 valueHash) =>
        TaggedHash.Of(Tags.StateLeaf, keyHash, valueHash);

    /// <summary>H(StateNode tag, bit, left, right).</summary>
    public static Hash256 Branch(int bit, in Hash256 left, in Hash256 right)
    {
        HashBuilder builder = new(Tags.StateNode, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add((ulong)bit);
        builder.Add(left);
        builder.Add(right);
        return builder.Finish();
    }

    /// <summary>The root of a tree with this topmost node.</summary>
    public static Hash256 Root(in Hash256 top) => Bind(FilledFlag, top);

    private static Hash256 Bind(ulong flag, in Hash256 top)
    {
        HashBuilder builder = new(Tags.StateRoot, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(flag);
        builder.Add(top);
        return builder.Finish();
    }
}
