using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>Everything around the nodes: time, network, clients, who is faulty. One thread, one seed.</summary>
public sealed class SimulatedWorld
{
    private const int PortionBlocks = 16;
    private const long StartMs = 1_000_000;

    private readonly SimulationOptions options;
    private readonly PriorityQueue<Action, (long Tick, ulong Order)> events = new();
    private readonly Dictionary<Hash256, SimulatedTransaction> transactions = [];
    private readonly Dictionary<int, ValidatorSet> sets = [];
    private readonly Dictionary<int, VoterForAll> votersForAll = [];
    private readonly Validator[] identities;
    private readonly Behaviour[] behaviours;
    private ulong transactionCount;

    /// <summary>Draws nodes and network.</summary>
    public SimulatedWorld(SimulationOptions options)
    {
        this.options = options;
        Prng = new Prng(options.Seed);
        int observers = Prng.Chance(300) ? Prng.Between(1, 2) : 0;
        identities = new Validator[options.Nodes + observers];
        behaviours = new Behaviour[identities.Length];
        IVoteSigner[] signers = new IVoteSigner[identities.Length];
        for (int identity = 0; identity < identities.Length; identity++)
        {
            (PublicKeyBytes key, signers[identity]) = Keys.Create(options.Seed, identity);
            identities[identity] = new Validator(Address.Of(key), key);
        }

        FirstSet = SetOf([.. Enumerable.Range(0, options.Nodes)]);
        ChainId = TaggedHash.Of("sim/genesis"u8, FirstSet.Hash, default);
        Genesis = ProposalBlock.Of(GenesisHeader(), []);
        Checker = new SafetyChecker(this);
        int faulty = ChooseFaulty();
        List<SimulatedNode> nodes = [];
        for (int identity = 0; identity < identities.Length; identity++)
        {
            int copies = behaviours[identity] == Behaviour.Twins ? 2 : 1;
            bool wrongClock = behaviours[identity] == Behaviour.Honest && faulty < FirstSet.FaultyMax
                && Prng.Chance(100);
            faulty += wrongClock ? 1 : 0;
            long skewMs = wrongClock ? (Prng.Chance(500) ? 3_600_000 : -3_600_000) : Prng.Between(-3000, 3000);
            for (int copy = 0; copy < copies; copy++)
            {
                SimulatedNode node = new(this, nodes.Count, identity, behaviours[identity], signers[identity], skewMs);
                nodes.Add(node);
                if (behaviours[identity] == Behaviour.VotesForAll)
                {
                    votersForAll.Add(node.Index, new VoterForAll(this, node, signers[identity]));
                }
            }
        }

        Nodes = nodes;
        Network = new SimulatedNetwork(Prng, nodes.Count);
        foreach (SimulatedNode node in nodes.Where(RunsKernel))
        {
            node.Start();
        }
    }

    /// <summary>The source of all chance.</summary>
    public Prng Prng { get; }

    /// <summary>Ticks since the start.</summary>
    public long Now { get; private set; }

    /// <summary>True time.</summary>
    public long NowMs => StartMs + (Now * Ticks.MillisecondsPerTick);

    /// <summary>All keys.</summary>
    public SimulatedKeys Keys { get; } = new();

    /// <summary>The chain's id.</summary>
    public Hash256 ChainId { get; }

    /// <summary>Height 0.</summary>
    public ProposalBlock Genesis { get; }

    /// <summary>The set of height 1.</summary>
    public ValidatorSet FirstSet { get; }

    /// <summary>All processes.</summary>
    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The promises.</summary>
    public SafetyChecker Checker { get; }

    /// <summary>Crashes so far.</summary>
    public int Crashes { get; private set; }

    /// <summary>Messages handed to the network so far.</summary>
    public long Messages { get; private set; }

    /// <summary>The address of an identity.</summary>
    public Address AddressOf(int identity) => identities[identity].Address;

    /// <summary>Whether an address belongs to an identity that follows the protocol.</summary>
    public bool IsHonest(Address address) =>
        behaviours[Array.FindIndex(identities, one => one.Address == address)] == Behaviour.Honest;

    /// <summary>The set of some identities.</summary>
    public ValidatorSet SetOf(ImmutableArray<int> members)
    {
        int mask = members.Aggregate(0, (bits, member) => bits | (1 << member));
        if (!sets.TryGetValue(mask, out ValidatorSet? set))
        {
            set = ValidatorSet.Of(members.Select(member => identities[member]));
            sets.Add(mask, set);
        }

        return set;
    }

    /// <summary>A transaction by its leaf.</summary>
    public SimulatedTransaction Transaction(Hash256 leaf) => transactions[leaf];

    /// <summary>Makes a transaction; with members it changes the set.</summary>
    public Hash256 NewTransaction(ImmutableArray<int> newSet)
    {
        HashBuilder builder = new("sim/transaction"u8, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(transactionCount++);
        Hash256 leaf = builder.Finish();
        transactions.Add(leaf, new SimulatedTransaction(leaf, newSet));
        return leaf;
    }

    /// <summary>A swap of an honest validator for an honest observer, or nothing where there is no observer.</summary>
    public ImmutableArray<int> DrawNewSet()
    {
        List<int> members = [];
        List<int> inside = [];
        List<int> outside = [];
        for (int identity = 0; identity < identities.Length; identity++)
        {
            bool seated = Checker.CurrentSet.IndexOf(identities[identity].Address) >= 0;
            if (seated)
            {
                members.Add(identity);
            }

            if (behaviours[identity] == Behaviour.Honest)
            {
                (seated ? inside : outside).Add(identity);
            }
        }

        if (outside.Count == 0)
        {
            return [];
        }

        members.Remove(inside[Prng.Below(inside.Count)]);
        members.Add(outside[Prng.Below(outside.Count)]);
        return [.. members];
    }

    /// <summary>Runs something in the future.</summary>
    public void Schedule(int ticks, Action action) => events.Enqueue(action, (Now + ticks, Prng.Next()));

    /// <summary>Lets a tick pass: what is due in random order, then every clock.</summary>
    public void Step()
    {
        Now++;
        while (events.TryPeek(out _, out (long Tick, ulong Order) due) && due.Tick <= Now)
        {
            events.Dequeue()();
        }

        foreach (SimulatedNode node in Nodes)
        {
            if (node.IsUp)
            {
                node.Run(node.Tick);
                ShareOneTransaction(node);
            }
        }
    }

    /// <summary>Sends bytes to one identity or to all others; a twin talks to some only.</summary>
    public void Broadcast(SimulatedNode from, byte[] bytes, Recipients recipients)
    {
        foreach (SimulatedNode to in Nodes)
        {
            bool addressed = recipients.One is not Address one || one == AddressOf(to.Identity);
            if (to.Identity == from.Identity
                || !addressed
                || (from.Behaviour == Behaviour.Twins && Prng.Chance(300)))
            {
                continue;
            }

            Messages++;
            Network.Deliver(from.Index, to.Index, delay => Schedule(delay, () => Arrive(to, bytes)));
        }
    }

    /// <summary>Carries a question for blocks and its answer.</summary>
    public void RequestBlocks(SimulatedNode asker, Address validator, ulong fromHeight)
    {
        if (options.LiarsInterfere)
        {
            foreach (SimulatedNode liar in Nodes.Where(node => node.IsUp && node.Behaviour == Behaviour.Liar))
            {
                Interfere(liar, asker, fromHeight);
            }
        }

        foreach (SimulatedNode to in Nodes.Where(node => node.IsUp && AddressOf(node.Identity) == validator))
        {
            if (Network.Reaches(asker.Index, to.Index))
            {
                ulong last = Math.Min(to.Store.Height, fromHeight + PortionBlocks - 1);
                for (ulong height = fromHeight; height <= last; height++)
                {
                    AnswerBlock(asker, to, height);
                }
            }
        }
    }

    /// <summary>Whether a body can be got from a random peer now.</summary>
    public bool TryFetch(SimulatedNode asker, Hash256 leaf)
    {
        SimulatedNode peer = Nodes[Prng.Below(Nodes.Count)];
        return peer.IsUp && peer.Executor.HasBody(leaf) && Network.Reaches(asker.Index, peer.Index);
    }

    /// <summary>Rewrites a liar's status to claim a height that does not exist.</summary>
    public byte[] Exaggerate(byte[] bytes, IVoteSigner signer)
    {
        if (!SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope)
            || !MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content)
            || content is not ConsensusMessage.Status status)
        {
            return bytes;
        }

        ConsensusMessage lie = new ConsensusMessage.Status(
            status.Epoch, status.Height + 50, status.HeadHash, status.View, status.ChangingView, status.StartNonce);
        byte[] body = MessageCodec.Encode(lie);
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        signer.Sign(signer.Keys[0], MessageVerifier.DigestOf(ChainId, body), signature);
        return SignedEnvelope.Of(envelope.Sender, body, signature).Encode();
    }

    /// <summary>Counts a crash.</summary>
    public void OnCrash(SimulatedNode node)
    {
        Crashes += node.IsHonest ? 1 : 0;
        Say($"node {node.Index} crashes");
    }

    /// <summary>Writes a message into the trace.</summary>
    public void SayMessage(SimulatedNode node, byte[] bytes)
    {
        if (options.Trace is not null
            && SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope)
            && MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content)
            && !content.IsAdvice)
        {
            Say($"node {node.Index} sends {content.Kind} h{content.Height} v{content.View}");
        }
    }

    /// <summary>Writes a line of the trace.</summary>
    public void Say(string line) => options.Trace?.Invoke($"{Now,6} {line}");

    /// <summary>Whether a process runs the kernel at all.</summary>
    public static bool RunsKernel(SimulatedNode node) =>
        node.Behaviour is Behaviour.Honest or Behaviour.Twins or Behaviour.Liar;

    private void Arrive(SimulatedNode to, byte[] bytes)
    {
        if (votersForAll.TryGetValue(to.Index, out VoterForAll? voter))
        {
            voter.Receive(bytes);
            return;
        }

        to.Run(() => to.Receive(bytes));
    }

    // Every height that the asker waits for, several times, so that some of it always comes before the answer: the last
    // block that the liar has, where it has none of that height.
    private void Interfere(SimulatedNode liar, SimulatedNode asker, ulong fromHeight)
    {
        if (liar.Store.Height == 0)
        {
            return;
        }

        (ProposalBlock last, Certificate certificate, ValidatorSet _) = liar.Store.Chain[^1];
        for (ulong height = fromHeight; height < fromHeight + PortionBlocks; height++)
        {
            ProposalBlock forged = ProposalBlock.Of(last.Header with { Height = height }, last.Leaves);
            Input answer = new Input.CertifiedBlockReceived(forged, certificate, AddressOf(liar.Identity));
            for (int delay = 1; delay <= Ticks.AnswerWait; delay += Ticks.AnswerPause)
            {
                asker.Later(delay, () => asker.Handle(answer));
            }
        }
    }

    private void AnswerBlock(SimulatedNode asker, SimulatedNode from, ulong height)
    {
        (ProposalBlock block, Certificate certificate, ValidatorSet _) = from.Store.Chain[(int)height - 1];
        if (from.Behaviour == Behaviour.Liar)
        {
            byte[] forged = certificate.Votes[0].Signature.ToArray();
            forged[0] ^= 1;
            certificate = certificate with
            {
                Votes = certificate.Votes.SetItem(0, certificate.Votes[0] with { Signature = forged }),
            };
        }

        Input answer = new Input.CertifiedBlockReceived(block, certificate, AddressOf(from.Identity));
        Network.Deliver(from.Index, asker.Index, delay => asker.Later(delay, () => asker.Handle(answer)));
    }

    private void ShareOneTransaction(SimulatedNode node)
    {
        if ((Now + node.Index) % Ticks.PerStatus != 0 || !node.IsUp)
        {
            return;
        }

        SimulatedNode peer = Nodes[Prng.Below(Nodes.Count)];
        if (peer.IsUp && Network.Reaches(node.Index, peer.Index))
        {
            foreach (Hash256 leaf in node.Executor.Pending)
            {
                peer.Executor.Submit(leaf);
                if (ReferenceEquals(peer, node))
                {
                    break;
                }
            }
        }
    }

    private BlockHeader GenesisHeader() => new()
    {
        Height = 0,
        Epoch = 0,
        ParentHash = ChainId,
        TimeUnixMs = StartMs,
        TransactionRoot = MerkleList.Root([]),
        ReceiptRoot = MerkleList.Root([]),
        StateRoot = Hash256.Zero,
        ValidatorsHash = FirstSet.Hash,
        NextValidatorsHash = FirstSet.Hash,
    };

    private int ChooseFaulty()
    {
        int faulty = Prng.Below(FirstSet.FaultyMax + 1);
        for (int count = 0; count < faulty; count++)
        {
            behaviours[Prng.Below(options.Nodes)] = (Behaviour)Prng.Between(1, 4);
        }

        return faulty;
    }
}
