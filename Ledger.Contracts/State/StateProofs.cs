using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>Checks proofs of the state tree against a root. Needs no state.</summary>
public static class StateProofs
{
    /// <summary>Whether the key has this value in the tree with this root.</summary>
    public static bool VerifyPresence(Hash256 root, StateKey key, ReadOnlySpan<byte> value, StateProof proof)
    {
        if (proof.Empty
            || !proof.FoundValueHash.IsEmpty
            || !Hash256.TryRead(proof.FoundKeyHash.Span, out Hash256 found)
            || found != key.Hash)
        {
            return false;
        }

        Hash256 leaf = StateHashes.Leaf(key.Hash, StateHashes.Value(value));
        return TryFold(key.Hash, leaf, proof, out Hash256 top) && StateHashes.Root(top) == root;
    }

    /// <summary>
    /// Whether the key is absent from the tree with this root: the search for it, which the bits in the nodes' hashes
    /// fix, ends at a leaf with another key.
    /// </summary>
    public static bool VerifyAbsence(Hash256 root, StateKey key, StateProof proof)
    {
        if (proof.Empty)
        {
            return proof.Steps.Count == 0
                && proof.FoundKeyHash.IsEmpty
                && proof.FoundValueHash.IsEmpty
                && root == StateHashes.EmptyRoot;
        }

        if (!Hash256.TryRead(proof.FoundKeyHash.Span, out Hash256 found)
            || !Hash256.TryRead(proof.FoundValueHash.Span, out Hash256 valueHash)
            || found == key.Hash
            || !AgreeOnPath(found, key.Hash, proof))
        {
            return false;
        }

        return TryFold(key.Hash, StateHashes.Leaf(found, valueHash), proof, out Hash256 top)
            && StateHashes.Root(top) == root;
    }

    // A leaf stands where its own bits lead: one that disagrees with the path cannot be what the search found.
    private static bool AgreeOnPath(in Hash256 found, in Hash256 sought, StateProof proof)
    {
        foreach (StateStep step in proof.Steps)
        {
            if (step.Bit >= Hash256.Size * 8 || found.Bit((int)step.Bit) != sought.Bit((int)step.Bit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryFold(in Hash256 keyHash, Hash256 leaf, StateProof proof, out Hash256 top)
    {
        top = leaf;
        uint below = Hash256.Size * 8;
        for (int place = proof.Steps.Count - 1; place >= 0; place--)
        {
            StateStep step = proof.Steps[place];
            if (step.Bit >= below || !Hash256.TryRead(step.Sibling.Span, out Hash256 sibling))
            {
                return false;
            }

            below = step.Bit;
            top = keyHash.Bit((int)step.Bit)
                ? StateHashes.Branch((int)step.Bit, sibling, top)
                : StateHashes.Branch((int)step.Bit, top, sibling);
        }

        return true;
    }
}
