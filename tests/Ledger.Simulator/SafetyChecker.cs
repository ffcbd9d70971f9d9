using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// What must hold at every step, judged from outside: agreement, an unbroken chain, valid certificates, one message for
/// each slot, on disk before it is sent, and views that never go back.
/// </summary>
public sealed class SafetyChecker(SimulatedWorld world)
{
    private readonly List<(ProposalBlock Block, ValidatorSet Set)> decided = [];
    private readonly Dictionary<(int Identity, ulong Height, ulong View, MessageKind Kind), Hash256> slots = [];
    private readonly SortedDictionary<int, ulong> leftFor = [];
    private readonly SortedDictionary<int, ulong> views = [];
    private readonly SortedDictionary<int, ulong> diskFloors = [];
    private ValidatorSet set = world.FirstSet;
    private ulong fingerprint = 0xCBF29CE484222325UL;

    /// <summary>The highest decided height.</summary>
    public ulong Height => (ulong)decided.Count;

    /// <summary>The highest view of an honest node.</summary>
    public ulong ViewMax { get; private set; }

    /// <summary>Epochs begun.</summary>
    public ulong Epochs { get; private set; }

    /// <summary>Evidence that honest nodes recorded.</summary>
    public int Evidence { get; private set; }

    /// <summary>The set of the height after the highest decided one.</summary>
    public ValidatorSet CurrentSet => set;

    /// <summary>A hash over all that honest nodes sent and decided.</summary>
    public Hash256 Fingerprint
    {
        get
        {
            HashBuilder builder = new("sim/fingerprint"u8, stackalloc byte[HashBuilder.ScratchBytes]);
            builder.Add(fingerprint);
            return builder.Finish();
        }
    }

    /// <summary>A restarted node must stand where its disk says.</summary>
    public void OnStart(SimulatedNode node, ReplicaKernel kernel)
    {
        views[node.Index] = kernel.View;
        ulong floor = 0;
        if (node.Store.VoteState.Length > 0)
        {
            bool read = VoteState.TryRead(node.Store.VoteState, out VoteState? state, out _);
            Require(read && state is not null, node, "the vote state on disk cannot be read");
            floor = state!.ViewFloor;
        }

        Require(kernel.View >= floor, node, "restarted below the view of its vote state");
        Require(floor >= diskFloors.GetValueOrDefault(node.Index), node, "the view on disk went back");
        diskFloors[node.Index] = floor;
        Require(kernel.Height == node.Store.Height, node, "restarted at another height than its disk");
    }

    /// <summary>Views never go back while a process runs.</summary>
    public void OnView(SimulatedNode node, ulong view)
    {
        if (node.IsHonest)
        {
            Require(view >= views.GetValueOrDefault(node.Index), node, "the view went back");
            views[node.Index] = view;
            ViewMax = Math.Max(ViewMax, view);
        }
    }

    /// <summary>Checks a message of an honest node on its way out.</summary>
    public void OnSend(SimulatedNode node, byte[] bytes)
    {
        Require(SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope), node, "sent what cannot be read");
        Require(
            MessageCodec.TryDecode(envelope!.Body.Span, out ConsensusMessage? content),
            node,
            "sent a body that cannot be read");
        Mix(envelope.Signature.Span);
        if (envelope.Sender != world.AddressOf(node.Identity) || content!.IsAdvice)
        {
            return;
        }

        bool heldOnDisk = content.Height <= node.Store.Height || node.Store.HoldsOwn(content, bytes);
        Require(heldOnDisk, node, $"sent {content.Kind} before it was durable");
        Hash256 digest = MessageVerifier.DigestOf(world.ChainId, envelope.Body.Span);
        bool signed = slots.TryGetValue((node.Identity, content.Height, content.View, content.Kind), out Hash256 known);
        Require(signed && known == digest, node, $"sent {content.Kind} that was never written");
    }

    /// <summary>Checks what an honest node has signed, when it is durable.</summary>
    public void OnSigned(SimulatedNode node, StoredItem item)
    {
        bool read = SignedEnvelope.TryDecode(item.Bytes.Span, out SignedEnvelope? envelope);
        Require(read, node, "wrote what cannot be read");
        read = MessageCodec.TryDecode(envelope!.Body.Span, out ConsensusMessage? content);
        Require(read, node, "wrote a body that cannot be read");
        Hash256 digest = MessageVerifier.DigestOf(world.ChainId, envelope.Body.Span);
        var slot = (node.Identity, content!.Height, content.View, content.Kind);
        if (slots.TryGetValue(slot, out Hash256 known))
        {
            Require(known == digest, node,
                $"signed two {content.Kind} for height {content.Height} view {content.View}");
            return;
        }

        ulong left = leftFor.GetValueOrDefault(node.Identity);
        Require(content.View >= left, node, $"signed {content.Kind} in view {content.View} after leaving for {left}");
        Require(content.Height > node.Store.Height, node, $"signed {content.Kind} for a decided height");
        slots.Add(slot, digest);
        if (content.Kind == MessageKind.ViewChange)
        {
            leftFor[node.Identity] = content.View;
        }
    }

    /// <summary>Checks a decision of an honest node.</summary>
    public void OnCommit(SimulatedNode node, ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        world.Say($"node {node.Index} commits {block.Height} {block.Hash.ToShortString()} of view {certificate.View}");
        Require(block.Height == node.Store.Height + 1, node, $"committed height {block.Height} on {node.Store.Height}");
        Require(nextSet.Hash == block.Header.NextValidatorsHash, node, "took another set than the header's");
        if (block.Height <= Height)
        {
            (ProposalBlock other, ValidatorSet setThen) = decided[(int)block.Height - 1];
            Require(other.Hash == block.Hash, node, $"disagrees at height {block.Height}");
            RequireDecided(node, block, certificate, setThen);
            return;
        }

        ProposalBlock parent = decided.Count == 0 ? world.Genesis : decided[^1].Block;
        Require(block.Header.ParentHash == parent.Hash, node, "broke the chain");
        Require(block.Header.TimeUnixMs > parent.Header.TimeUnixMs, node, "time went back");
        ulong epoch = parent.Header.EndsEpoch ? parent.Header.Epoch + 1 : parent.Header.Epoch;
        Require(block.Header.Epoch == epoch, node, "counted epochs wrongly");
        RequireDecided(node, block, certificate, set);
        decided.Add((block, set));
        set = nextSet;
        Epochs = epoch;
        Mix(block.Hash.ToArray());
    }

    /// <summary>Evidence may only ever name identities that misbehave.</summary>
    public void OnEvidence(SimulatedNode node, EquivocationEvidence evidence)
    {
        if (!node.IsHonest)
        {
            return;
        }

        Evidence++;
        Require(evidence.First.Sender == evidence.Second.Sender, node, "evidence names two senders");
        Require(!world.IsHonest(evidence.First.Sender), node, "evidence against an honest validator");
    }

    /// <summary>An honest node, which has its key alone, never takes a message of its own for another's.</summary>
    public void OnOwnKey(SimulatedNode node, bool usedElsewhere) =>
        Require(!node.IsHonest || !usedElsewhere, node, "takes its own message for another's");

    private void RequireDecided(
        SimulatedNode node, ProposalBlock block, Certificate certificate, ValidatorSet setThen) =>
        Require(
            CertificateRules.Decides(certificate, block.Hash, block.Header, world.ChainId, setThen, world.Keys),
            node,
            $"committed {block.Height} without a valid certificate");

    private void Require(bool holds, SimulatedNode node, string what)
    {
        if (!holds)
        {
            throw new SimulationFailure($"tick {world.Now}: node {node.Index} {what}");
        }
    }

    private void Mix(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            unchecked
            {
                fingerprint = (fingerprint ^ one) * 0x100000001B3UL;
            }
        }
    }
}
