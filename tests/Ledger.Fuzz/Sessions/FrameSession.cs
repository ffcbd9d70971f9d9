using Ledger.Client.Keys;
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
using Ledger.Node.Storage;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Fuzz;

/// <summary>
/// Frames of a peer, handled as a node handles them, with its database and its signature checks. The kernel's thread is
/// not started: what would reach it waits in its queue, which is new for each input.
/// </summary>
internal sealed class FrameSession : IFuzzSession
{
    private readonly string folder = FileSession.NewFolder();
    private readonly LedgerDatabase database;
    private readonly ChainState chain;
    private readonly TlsIdentity tls = TlsIdentity.Load(TlsIdentity.Generate("fuzz", FixedClock.AtStart.GetUtcNow()));
    private readonly PeerNetwork network;
    private readonly LedgerPeerDirectory directory = NodeSamples.Directory(new Dictionary<string, string>());
    private readonly byte[][] known;

    public FrameSession(IReadOnlyList<Frame> samples)
    {
        database = LedgerDatabase.Open(folder);
        chain = ChainRecovery.Open(database, LedgerSamples.Chain.GenesisBytes);
        network = new PeerNetwork(
            directory,
            new PeerCredentials(LedgerSamples.Chain.ChainId, tls, new TlsBinding(), Ed25519Verifier.Instance),
            new PeerClocks(FixedClock.AtStart, NullLogger.Instance),
            NullLoggerFactory.Instance);
        known = [.. samples.Where(static frame => frame.Transactions is not null)
            .SelectMany(static frame => frame.Transactions.Transactions_).Select(static one => one.ToByteArray())];
    }

    public bool Take(byte[] input)
    {
        if (TargetBuilder.TryParse(Frame.Parser, input) is not { } frame)
        {
            return false;
        }

        LedgerHead head = chain.Head;
        TransactionPool pool = new(FixedClock.AtStart);
        FetchedBodies fetched = new();
        using KernelHost host = new(static failure => throw failure);
        Address from = LedgerSamples.Genesis.Validators[1].Address;
        ValueTask handled = Handler(pool, fetched, host).OnFrameAsync(from, frame, CancellationToken.None);
        handled.AsTask().GetAwaiter().GetResult();
        FuzzViolation.Unless(ReferenceEquals(head, chain.Head), "a frame moved the head by itself");
        FuzzViolation.Unless(
            pool.Oldest(known.Length + 1).All(one => known.Any(bytes => one.SignedBytes.Span.SequenceEqual(bytes))),
            "the pool holds what nobody signed");
        return frame.ContentCase != Frame.ContentOneofCase.None;
    }

    public void Dispose()
    {
        network.DisposeAsync().AsTask().GetAwaiter().GetResult();
        database.Dispose();
        tls.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private FrameHandler Handler(TransactionPool pool, FetchedBodies fetched, KernelHost host)
    {
        Hash256 chainId = LedgerSamples.Chain.ChainId;
        SigningKey self = LedgerSamples.Chain.School;
        TransactionIntake intake = new(
            chainId, chain, pool, fetched, Ed25519Verifier.Instance, FixedClock.AtStart);
        FreshReads freshReads = new(
            chainId, self.Address, self, chain, network, directory, Ed25519Verifier.Instance, static () => 0);
        ReadyAnswers answers = new(self.Address, chain, host, network);
        ReadyCollector collector = new(
            chainId, self.Address, chain, network, answers, Ed25519Verifier.Instance, FixedClock.AtStart);
        BlockInspector inspector = new(
            database, chainId, new EpochSets(database, LedgerSamples.Genesis), Ed25519Verifier.Instance);
        BlockHealer healer = new(folder, database, inspector, chainId, FixedClock.AtStart, NullLogger.Instance);
        return new FrameHandler(
            chainId,
            chain,
            new ChainReader(database),
            new BodyStore(pool, fetched, database, chainId, Ed25519Verifier.Instance),
            intake,
            new WaitingExchange(pool, chain.Recent),
            fetched,
            host,
            network,
            freshReads,
            new PeerHeights(),
            answers,
            collector,
            healer,
            Ed25519Verifier.Instance);
    }
}
