using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Short words for blocks and messages: what a log is made of.</summary>
internal sealed class ScriptNames(ScriptChain chain)
{
    private readonly List<ProposalBlock> blocks = [];

    /// <summary>B1 is the first block that anybody saw, and so on; genesis is B0.</summary>
    public string Of(ProposalBlock block)
    {
        if (block.Height == 0)
        {
            return "B0";
        }

        int place = blocks.FindIndex(one => one.Hash == block.Hash);
        if (place < 0)
        {
            blocks.Add(block);
            place = blocks.Count - 1;
        }

        return $"B{place + 1}";
    }

    public string Of(Hash256 hash) => hash == chain.Genesis.Hash
        ? "B0"
        : blocks.Find(one => one.Hash == hash) is ProposalBlock block ? Of(block) : "an unknown block";

    /// <summary>The block of a name that a log has shown.</summary>
    public ProposalBlock Block(string name) => name == "B0"
        ? chain.Genesis
        : blocks.Find(one => Of(one) == name) ?? throw new ScriptFailure($"there is no {name} yet");

    /// <summary>The name with the transactions.</summary>
    public string InFull(ProposalBlock block) =>
        $"{Of(block)} ({string.Join(' ', block.Leaves.Select(chain.NameOf))})";

    public string Of(ConsensusMessage message) => message switch
    {
        ConsensusMessage.PrePrepare one => $"pre-prepare {At(one)} {InFull(one.Block)}",
        ConsensusMessage.Vote one => $"{KindOf(one)} {At(one)} {Of(one.BlockHash)}",
        ConsensusMessage.ViewChange one => $"view-change {At(one)} {Prepared(one.Prepared)}",
        ConsensusMessage.NewView one => $"new-view {At(one)} of {Senders(one.ViewChanges)}",
        ConsensusMessage.Status one => $"status {At(one)} {Of(one.HeadHash)}{Asking(one)}",
        ConsensusMessage.Witness one => $"witness {At(one)} of {chain.NumberOf(one.Subject)}: {Seen(one.Seen)}",
        _ => throw new ScriptFailure("a kind without words"),
    };

    /// <summary>The word of a kind in commands and logs.</summary>
    public static string KindOf(ConsensusMessage message) => message.Kind switch
    {
        MessageKind.PrePrepare => "pre-prepare",
        MessageKind.Prepare => "prepare",
        MessageKind.Commit => "commit",
        MessageKind.ViewChange => "view-change",
        MessageKind.NewView => "new-view",
        MessageKind.Status => "status",
        MessageKind.Witness => "witness",
        _ => throw new ScriptFailure("a kind without a word"),
    };

    private string Prepared(Certificate? certificate) => certificate is null
        ? "with nothing prepared"
        : $"with {Of(certificate.BlockHash)} prepared in v{certificate.View}";

    private static string Asking(ConsensusMessage.Status status) =>
        (status.ChangingView ? " leaving" : "") + (status.StartNonce == 0 ? "" : " asking for witnesses");

    private string Senders(ImmutableArray<SignedEnvelope> envelopes) =>
        string.Join(' ', envelopes.Select(one => chain.NumberOf(one.Sender)));

    private static string Seen(SeenSlot? slot) =>
        slot is SeenSlot one ? $"{one.Kind} h{one.Height} v{one.View}" : "nothing";

    private static string At(ConsensusMessage message) =>
        $"{(message.Epoch == 0 ? "" : $"e{message.Epoch} ")}h{message.Height} v{message.View}";
}
