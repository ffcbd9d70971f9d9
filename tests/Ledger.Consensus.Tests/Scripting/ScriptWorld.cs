using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>All nodes of a script, the network between them, the clock, and the log of what they do.</summary>
internal sealed class ScriptWorld
{
    private readonly SortedDictionary<string, ScriptNode> nodes = new(StringComparer.Ordinal);
    private readonly List<VerifiedMessage> heard = [];
    private List<string> log = [];

    public ScriptWorld(int validators, int spare)
    {
        Chain = new ScriptChain(validators, spare);
        Names = new ScriptNames(Chain);
        Safety = new ScriptSafety(Names, Chain);
        ClockMs = Chain.Genesis.Header.TimeUnixMs;
        for (int seat = 1; seat <= Chain.SeatCount; seat++)
        {
            string name = seat.ToString(System.Globalization.CultureInfo.InvariantCulture);
            nodes.Add(name, new ScriptNode(this, name, seat, new ScriptStore(Chain)));
        }
    }

    public ScriptChain Chain { get; }

    public ScriptNames Names { get; }

    public ScriptSafety Safety { get; }

    public ScriptNetwork Network { get; } = new();

    /// <summary>Every node's clock.</summary>
    public long ClockMs { get; set; }

    /// <summary>Whether statuses and the like stand in the log.</summary>
    public bool ShowsStatuses { get; set; }

    public IEnumerable<ScriptNode> Nodes => nodes.Values;

    /// <summary>Signed messages that any node has sent, oldest first.</summary>
    public IReadOnlyList<VerifiedMessage> Heard => heard;

    public ScriptNode Node(string name) =>
        nodes.TryGetValue(name, out ScriptNode? node) ? node : throw new ScriptFailure($"there is no node {name}");

    public int SeatOf(string name) => Node(name).Seat;

    /// <summary>A second process with the key of another, from an empty disk or a copy.</summary>
    public void AddTwin(string name, int seat, ScriptStore store) =>
        nodes.Add(name, new ScriptNode(this, name, seat, store));

    public void Say(string line) => log.Add(line);

    /// <summary>What was said since the last time.</summary>
    public List<string> TakeLog()
    {
        List<string> taken = log;
        log = [];
        return taken;
    }

    public void Send(ScriptNode from, byte[] message, Recipients recipients)
    {
        if (!SignedEnvelope.TryDecode(message, out SignedEnvelope? envelope)
            || !MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content))
        {
            throw new ScriptFailure($"{from.Name} sends what cannot be read");
        }

        string kind = ScriptNames.KindOf(content);
        if (envelope.Sender == Chain.Seat(from.Seat).Address)
        {
            Safety.OnSend(from, content, envelope.Body.Span);
            heard.Add(new VerifiedMessage(envelope.Sender, content, envelope));
        }

        if (ShowsStatuses || !content.IsAdvice)
        {
            SaySent(from, envelope.Sender, content, recipients);
        }

        foreach (ScriptNode node in Nodes)
        {
            if (node != from && (recipients.One is null || Chain.Seat(node.Seat).Address == recipients.One))
            {
                Network.Send(new ScriptPacket(from.Name, node.Name, kind, message));
            }
        }
    }

    // What shows a key its own newest message (S-8) is no news; a script that wants it says so.
    private void SaySent(ScriptNode from, Address signer, ConsensusMessage content, Recipients recipients)
    {
        bool reminds = recipients.One == signer;
        string to = recipients.One is Address one ? $" to {Chain.NumberOf(one)}" : string.Empty;
        if (signer == Chain.Seat(from.Seat).Address)
        {
            Say($"{from.Name} sends {Names.Of(content)}{to}");
        }
        else if (!reminds || ShowsStatuses)
        {
            Say($"{from.Name} passes on {Chain.NumberOf(signer)}'s {Names.Of(content)}{to}");
        }
    }

    /// <summary>The message in an envelope whose signature somebody has checked.</summary>
    public VerifiedMessage Read(SignedEnvelope envelope) =>
        MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content)
            ? new VerifiedMessage(envelope.Sender, content, envelope)
            : throw new ScriptFailure("evidence that cannot be read");

    public void Request(ScriptNode from, Address validator, ulong fromHeight)
    {
        Say($"{from.Name} asks {Chain.NumberOf(validator)} for blocks from h{fromHeight}");
        foreach (ScriptNode node in Nodes.Where(one => Chain.Seat(one.Seat).Address == validator))
        {
            Network.Send(
                new ScriptPacket(from.Name, node.Name, ScriptPacket.RequestKind, []) { FromHeight = fromHeight });
        }
    }

    public void SendBlock(string from, string to, ProposalBlock block, Certificate certificate) => Network.Send(
        new ScriptPacket(from, to, ScriptPacket.BlockKind, []) { Block = block, Certificate = certificate });

    /// <summary>One tick for the nodes that run, in the order of their names.</summary>
    public void Tick(Func<ScriptNode, bool> chosen)
    {
        ClockMs += Ticks.MillisecondsPerTick;
        foreach (ScriptNode node in nodes.Values.ToArray())
        {
            if (node.IsUp && chosen(node))
            {
                node.Tick();
            }
        }
    }

    /// <summary>Brings one packet to its receiver.</summary>
    public void Deliver(ScriptPacket packet)
    {
        ScriptNode node = Node(packet.To);
        if (node.IsUp)
        {
            node.Receive(packet);
        }
    }
}
