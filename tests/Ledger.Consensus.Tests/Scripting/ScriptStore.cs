using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>The disk of a node in a script. Every write is durable; what was not synced can be lost by name.</summary>
internal sealed class ScriptStore(ScriptChain chain)
{
    private readonly List<Input.CertifiedBlockReceived> blocks = [];
    private readonly List<ValidatorSet> nextSets = [];
    private SortedDictionary<(StoredItemKind, ulong Height, ulong View, MessageKind), StoredItem> items = [];
    private byte[] voteState = [];

    /// <summary>Decided blocks, the one of height h at h - 1.</summary>
    public IReadOnlyList<Input.CertifiedBlockReceived> Blocks => blocks;

    public ProposalBlock Head => blocks.Count == 0 ? chain.Genesis : blocks[^1].Block;

    /// <summary>A copy that later writes do not change.</summary>
    public ScriptStore Copy()
    {
        ScriptStore copy = new(chain) { items = new(items), voteState = voteState };
        copy.blocks.AddRange(blocks);
        copy.nextSets.AddRange(nextSets);
        return copy;
    }

    /// <summary>The vote state and what was signed, without the chain: a disk whose blocks were lost.</summary>
    public ScriptStore VotesOnly() => new(chain) { items = new(items), voteState = voteState };

    /// <summary>The chain without the vote state: a disk whose record of votes was lost.</summary>
    public ScriptStore ChainOnly()
    {
        ScriptStore copy = Copy();
        copy.items.Clear();
        copy.voteState = [];
        return copy;
    }

    /// <summary>Flips a bit of the record of the vote state.</summary>
    public void DamageVoteState()
    {
        voteState = [.. voteState];
        voteState[^1] ^= 1;
    }

    public void Persist(ImmutableArray<StoredItem> batch, ReadOnlyMemory<byte> votes)
    {
        foreach (StoredItem item in batch)
        {
            if (item.Kind == StoredItemKind.NewView)
            {
                Drop(key => key.Kind == StoredItemKind.NewView);
            }

            items[(item.Kind, item.Height, item.View, item.MessageKind)] = item;
        }

        voteState = votes.IsEmpty ? voteState : votes.ToArray();
    }

    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet, Address from)
    {
        blocks.Add(new Input.CertifiedBlockReceived(block, certificate, from));
        nextSets.Add(nextSet);
        Drop(key => key.Height <= block.Height && key.Kind != StoredItemKind.NewView);
    }

    public ValidatorSet NextSet => nextSets.Count == 0 ? chain.FirstSet : nextSets[^1];

    public RecoveredState Recover(Address self, ulong startNonce) => new(
        chain.ChainId,
        self,
        Head.Height,
        Head.Hash,
        Head.Header.TimeUnixMs,
        blocks.Count == 0 ? 0 : blocks[^1].Certificate.View,
        Head.Header.EndsEpoch ? Head.Header.Epoch + 1 : Head.Header.Epoch,
        NextSet,
        startNonce,
        voteState,
        [.. items.Values]);

    private void Drop(Func<(StoredItemKind Kind, ulong Height), bool> gone)
    {
        foreach ((StoredItemKind Kind, ulong Height, ulong View, MessageKind Message) key in items.Keys.ToArray())
        {
            if (gone((key.Kind, key.Height)))
            {
                items.Remove(key);
            }
        }
    }
}
