using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>Paths of Merkle lists as messages.</summary>
public static class ListProofs
{
    /// <summary>Whether a leaf is in the list with this root, at the proof's place.</summary>
    public static bool Verify(Hash256 root, Hash256 leaf, ListProof? proof)
    {
        if (proof is null || proof.Path.Count > MerkleList.PathLengthMax)
        {
            return false;
        }

        Span<Hash256> path = new Hash256[proof.Path.Count];
        for (int step = 0; step < path.Length; step++)
        {
            if (!Hash256.TryRead(proof.Path[step].Span, out path[step]))
            {
                return false;
            }
        }

        return MerkleList.Verify(root, leaf, proof.Index, proof.Count, path);
    }

    /// <summary>The proof of a place in a list.</summary>
    public static ListProof Of(ReadOnlySpan<Hash256> leaves, int index)
    {
        ListProof proof = new() { Index = (ulong)index, Count = (ulong)leaves.Length };
        foreach (Hash256 step in MerkleList.Path(leaves, index))
        {
            proof.Path.Add(Google.Protobuf.ByteString.CopyFrom(step.ToArray()));
        }

        return proof;
    }
}
