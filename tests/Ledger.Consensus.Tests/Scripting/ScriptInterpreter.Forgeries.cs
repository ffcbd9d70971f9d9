using System.Collections.Immutable;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Commands by which a faulty member signs what the rules forbid. The keys are e= h= v= for epoch, height and view.
/// </summary>
internal sealed partial class ScriptInterpreter
{
    private void DoForgery(ScriptArguments arguments)
    {
        switch (arguments.Verb)
        {
            case "forge":
                Forge(arguments);
                break;
            case "replay":
                Replay(arguments);
                break;
            case "answer":
                AnswerFalsely(arguments);
                break;
            case "mistrust":
                arguments.Words.ForEach(name => World.Safety.Mistrust(World.SeatOf(name)));
                break;
            default:
                throw new ScriptFailure($"'{arguments.Verb}' is no command");
        }
    }

    // forge 1 pre-prepare tx1 tx2 h=1 v=0 [on=B1] [bad=…] to 2 3
    private void Forge(ScriptArguments arguments)
    {
        string name = arguments.Word(0);
        World.Safety.Mistrust(World.SeatOf(name));
        ConsensusMessage message = arguments.Word(1) switch
        {
            "pre-prepare" => new ConsensusMessage.PrePrepare(
                Epoch(arguments), arguments.Number("h"), arguments.Number("v"), Forged(arguments, 2)),
            "prepare" => Vote(arguments, VoteKind.Prepare),
            "commit" => Vote(arguments, VoteKind.Commit),
            "view-change" => ForgedViewChange(arguments),
            "new-view" => new ConsensusMessage.NewView(
                Epoch(arguments), arguments.Number("h"), arguments.Number("v"), ViewChangesOf(arguments)),
            "status" => new ConsensusMessage.Status(
                Epoch(arguments), arguments.Number("h"), World.Names.Block(arguments.Value("head")).Hash,
                arguments.Number("v"), false, arguments.Number("nonce", 0)),
            "witness" => new ConsensusMessage.Witness(
                Epoch(arguments), arguments.Number("h"), arguments.Number("v"),
                World.Chain.Seat(arguments.Count(2)).Address, arguments.Number("nonce"),
                new SeenSlot(arguments.Number("seen-h"), arguments.Number("seen-v"), MessageKind.Commit)),
            _ => throw new ScriptFailure($"nobody forges a {arguments.Word(1)}"),
        };
        VerifiedMessage signed = Sign(World.SeatOf(name), message);
        World.Say($"{name} forges {World.Names.Of(message)}");
        SendTo(name, arguments.List("to"), ScriptNames.KindOf(message), signed.Envelope.Encode());
    }

    private static ulong Epoch(ScriptArguments arguments) => arguments.Number("e", 0);

    private ConsensusMessage.Vote Vote(ScriptArguments arguments, VoteKind kind) => new(
        Epoch(arguments), arguments.Number("h"), arguments.Number("v"), kind,
        World.Names.Block(arguments.Word(2)).Hash);

    // view-change h= v= [B1 in=0 by 1 2 3] to …: the certificate is signed by all who are named, whatever they say.
    private ConsensusMessage.ViewChange ForgedViewChange(ScriptArguments arguments)
    {
        ulong height = arguments.Number("h");
        Certificate? prepared = null;
        ProposalBlock? block = null;
        if (arguments.Words.Count > 2)
        {
            block = World.Names.Block(arguments.Word(2));
            prepared = Certify(VoteKind.Prepare, Epoch(arguments), height, arguments.Number("in"), block, arguments);
        }

        return new ConsensusMessage.ViewChange(Epoch(arguments), height, arguments.Number("v"), prepared, block);
    }

    private ImmutableArray<SignedEnvelope> ViewChangesOf(ScriptArguments arguments) =>
        [.. arguments.List("of").Select(name => World.Heard.LastOrDefault(one =>
            one.Content is ConsensusMessage.ViewChange
            && one.Sender == World.Chain.Seat(World.SeatOf(name)).Address
            && one.Content.View == arguments.Number("of-view", arguments.Number("v")))?.Envelope
                ?? throw new ScriptFailure($"{name} has not left for that view"))];

    // replay [kind …] [from …] to …: what was sent at any time, once more, oldest first.
    private void Replay(ScriptArguments arguments)
    {
        List<string>? from = arguments.ListOrNull("from");
        int count = 0;
        foreach (VerifiedMessage message in World.Heard.ToArray())
        {
            string name = World.Nodes.First(
                node => World.Chain.Seat(node.Seat).Address == message.Sender).Name;
            string kind = ScriptNames.KindOf(message.Content);
            if ((from is null || from.Contains(name))
                && (arguments.Words.Count == 0 || arguments.Words.Contains(kind))
                && (arguments.ValueOrNull("e") is null || message.Content.Epoch == arguments.Number("e"))
                && (arguments.ValueOrNull("v") is null || message.Content.View == arguments.Number("v"))
                && (arguments.ValueOrNull("h") is null || message.Content.Height == arguments.Number("h")))
            {
                count++;
                SendTo(name, arguments.List("to"), kind, message.Envelope.Encode());
            }
        }

        World.Say($"{count} on their way once more");
    }

    // answer tx1 h=1 v=0 [on=B1] from 1 to 3 by 1 2: a block in an answer to a request, with a commit certificate.
    private void AnswerFalsely(ScriptArguments arguments)
    {
        ProposalBlock block = Forged(arguments, 0);
        Certificate certificate = Certify(
            arguments.ValueOrNull("kind") == "prepare" ? VoteKind.Prepare : VoteKind.Commit,
            Epoch(arguments), arguments.Number("h"), arguments.Number("v"), block, arguments);
        World.Say($"{arguments.List("from")[0]} answers {World.Names.InFull(block)} signed by"
            + $" {string.Join(' ', arguments.List("by"))}");
        arguments.List("to").ForEach(
            to => World.SendBlock(arguments.List("from")[0], to, block, certificate));
    }

    // A known block by its name, or a new one of these transactions on the head of most, or on the block named.
    private ProposalBlock Forged(ScriptArguments arguments, int firstWord)
    {
        if (arguments.Word(firstWord).StartsWith('B'))
        {
            return World.Names.Block(arguments.Word(firstWord));
        }

        ProposalBlock parent = arguments.ValueOrNull("on") is string on
            ? World.Names.Block(on)
            : World.Nodes.Where(node => node.IsUp).MaxBy(node => node.Kernel.Height)!.Store.Head;
        ScriptNode any = World.Nodes.First(node => node.Store.Head.Hash == parent.Hash);
        ImmutableArray<Ledger.Primitives.Hash256> leaves =
            [.. arguments.Words.Skip(firstWord).Select(World.Chain.Leaf)];
        ProposalBlock block = World.Chain.Block(parent, any.Store.NextSet, World.ClockMs, leaves);
        return arguments.ValueOrNull("bad") switch
        {
            null => block,
            "state" => ProposalBlock.Of(block.Header with { StateRoot = World.Chain.ChainId }, leaves),
            "time" => ProposalBlock.Of(block.Header with { TimeUnixMs = World.ClockMs + 3_600_000 }, leaves),
            "old-time" => ProposalBlock.Of(block.Header with { TimeUnixMs = parent.Header.TimeUnixMs }, leaves),
            "epoch" => ProposalBlock.Of(block.Header with { Epoch = block.Header.Epoch + 1 }, leaves),
            "parent" => ProposalBlock.Of(block.Header with { ParentHash = World.Chain.ChainId }, leaves),
            string other => throw new ScriptFailure($"a block cannot be bad in {other}"),
        };
    }

    private Certificate Certify(
        VoteKind kind, ulong epoch, ulong height, ulong view, ProposalBlock block, ScriptArguments arguments)
    {
        ConsensusMessage vote = new ConsensusMessage.Vote(epoch, height, view, kind, block.Hash);
        return new Certificate(
            kind, epoch, height, view, block.Hash,
            [.. arguments.List("by").Select(name => new CertificateVote(
                World.SeatOf(name) - 1, Sign(World.SeatOf(name), vote).Envelope.Signature))]);
    }

    private VerifiedMessage Sign(int seat, ConsensusMessage message)
    {
        byte[] body = MessageCodec.Encode(message);
        byte[] signature = new byte[Certificate.SignatureBytes];
        World.Chain.Signer(seat).Sign(
            World.Chain.Seat(seat).VoteKey, MessageVerifier.DigestOf(World.Chain.ChainId, body), signature);
        Validator validator = World.Chain.Seat(seat);
        return new VerifiedMessage(
            validator.Address, message, SignedEnvelope.Of(validator.Address, body, signature));
    }

    private void SendTo(string from, List<string> names, string kind, byte[] bytes) =>
        names.ForEach(to => World.Network.Send(new ScriptPacket(from, to, kind, bytes)));
}
