using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Agreement;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Hosting;
using Ledger.Node.Integrity;
using Ledger.Node.Membership;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Agreement;

public sealed class FrameHandlerTests
{
    private const ulong PeersHeight = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private TlsIdentity tls = null!;
    private ChainState chain = null!;
    private PeerNetwork network = null!;
    private KernelBench bench = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        tls = TlsIdentity.Load(
            TlsIdentity.Generate("test", DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time)));
        chain = new ChainBuilder(ledger, folder).Chain;
        (SigningKey Identity, SigningKey Vote)[] seats =
            [.. ledger.Identities.Zip(ledger.Votes).OrderBy(seat => seat.First.Address)];
        bench = new KernelBench(ledger.ChainId, chain.Head.NextSet, [.. seats.Select(seat => seat.Vote)]);
        network = new PeerNetwork(
            new LedgerPeerDirectory(bench.Self, chain, new Dictionary<string, string>()),
            new PeerCredentials(ledger.ChainId, tls, new TlsBinding(), Ed25519Verifier.Instance),
            new PeerClocks(TimeProvider.System, NullLogger.Instance),
            NullLoggerFactory.Instance);
    }

    [TearDown]
    public async Task End()
    {
        await network.DisposeAsync();
        bench.Dispose();
        folder.Dispose();
        ledger.Dispose();
        tls.Dispose();
    }

    [Test]
    public async Task A_status_by_a_key_of_later_makes_a_node_ask_the_validator_whose_connection_brought_it()
    {
        bench.Start();
        using SigningKey rotated = SigningKey.Create();
        Address peer = bench.Set[0].Address;

        await Handler().OnFrameAsync(peer, StatusOf(peer, rotated), CancellationToken.None);

        (Address asked, ulong height) = await bench.Asked.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.That(asked, Is.EqualTo(peer));
        Assert.That(height, Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_claims_a_height_for_another_nor_without_a_seat()
    {
        bench.Start();
        using SigningKey unknown = SigningKey.Create();
        Address peer = bench.Set[0].Address;
        Address honest = bench.Set[2].Address;
        FrameHandler handler = Handler();

        await handler.OnFrameAsync(bench.Set[1].Address, StatusOf(peer, unknown), CancellationToken.None);
        await handler.OnFrameAsync(unknown.Address, StatusOf(unknown.Address, unknown), CancellationToken.None);
        await handler.OnFrameAsync(honest, StatusOf(honest, unknown), CancellationToken.None);

        (Address asked, _) = await bench.Asked.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.That(asked, Is.EqualTo(honest), "the only one who spoke for himself from a seat");
    }

    [TestCase(PeerLimits.BlocksMax)]
    [TestCase(10 * PeerLimits.BlocksMax)]
    public async Task Blocks_of_a_peer_never_wait_for_a_kernel_that_is_busy(int blocks)
    {
        ProposalBlock block = bench.Block();
        Frame frame = new() { Blocks = new Blocks() };
        frame.Blocks.Blocks_.AddRange(Enumerable.Repeat(Sent(block, bench.Prepared(block)), blocks));

        await Handler().OnFrameAsync(bench.Set[0].Address, frame, CancellationToken.None).AsTask().WaitAsync(Patience);
    }

    [Test]
    public async Task Who_sends_a_decided_block_with_a_body_that_is_not_of_it_is_not_asked()
    {
        bench.Start();
        using SigningKey unknown = SigningKey.Create();
        Address liar = bench.Set[0].Address;
        Address honest = bench.Set[2].Address;
        ProposalBlock block = bench.Block();
        BlockWithBodies sent = Sent(block, bench.Decided(block));
        sent.Transactions.Add(ByteString.CopyFrom(ledger.Settle(ledger.Identities[0]).SignedBytes.Span));
        FrameHandler handler = Handler();

        await handler.OnFrameAsync(liar, new Frame { Blocks = new Blocks { Blocks_ = { sent } } }, default);
        await handler.OnFrameAsync(liar, StatusOf(liar, unknown), default);
        await handler.OnFrameAsync(honest, StatusOf(honest, unknown), default);

        (Address asked, _) = await bench.Asked.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.That(asked, Is.EqualTo(honest));
    }

    private static BlockWithBodies Sent(ProposalBlock block, Certificate certificate) => new()
    {
        Block = new Ledger.Consensus.Protos.CertifiedProposal
        {
            Proposal = block.ToMessage(), Certificate = certificate.ToMessage(),
        },
    };

    private Frame StatusOf(Address sender, SigningKey key)
    {
        byte[] body = MessageCodec.Encode(
            new ConsensusMessage.Status(3, PeersHeight, Hash256.Zero, 0, ChangingView: false, StartNonce: 0));
        byte[] signature = key.Sign(MessageVerifier.DigestOf(ledger.ChainId, body));
        return new Frame { Consensus = SignedEnvelope.Of(sender, body, signature).ToMessage() };
    }

    private FrameHandler Handler()
    {
        TransactionPool pool = new(TimeProvider.System);
        FetchedBodies fetched = new();
        ReadyAnswers answers = new(bench.Self, chain, bench.Host, network);
        BlockInspector inspector = new(
            folder.Database,
            ledger.ChainId,
            new EpochSets(folder.Database, GenesisState.Build(ledger.GenesisBytes)),
            Ed25519Verifier.Instance);
        return new FrameHandler(
            ledger.ChainId,
            chain,
            new ChainReader(folder.Database),
            new BodyStore(pool, fetched, folder.Database, ledger.ChainId, Ed25519Verifier.Instance),
            new TransactionIntake(
                ledger.ChainId, chain, pool, fetched, Ed25519Verifier.Instance, TimeProvider.System),
            new WaitingExchange(pool, chain.Recent),
            fetched,
            bench.Host,
            network,
            new FreshReads(
                ledger.ChainId, bench.Self, ledger.Identities[0], chain, network,
                new LedgerPeerDirectory(bench.Self, chain, new Dictionary<string, string>()),
                Ed25519Verifier.Instance, static () => 0),
            new PeerHeights(),
            answers,
            new ReadyCollector(
                ledger.ChainId, bench.Self, chain, network, answers, Ed25519Verifier.Instance, TimeProvider.System),
            new BlockHealer(
                folder.Data, folder.Database, inspector, ledger.ChainId, TimeProvider.System, NullLogger.Instance),
            Ed25519Verifier.Instance);
    }
}
