using System.Collections.Frozen;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Notices;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Notices;

/// <summary>A learner of North whom others ask, on a chain, with what North's node remembers of notices.</summary>
internal sealed class NoticeBench : IDisposable
{
    public const string Verb = Statements.Viewed;
    public const string Hook = "https://learner.example/hook";
    public const string Mail = "learner@example.org";

    private readonly DatabaseFolder database = new();
    private readonly StoreFolder files = new();
    private readonly EncryptionKey encryption = EncryptionKey.Create();
    private readonly ChainBuilder blocks;
    private long now = TestLedger.Time;

    public NoticeBench()
    {
        blocks = new ChainBuilder(Ledger, database);
        Decide([Learner], Operations.UicCreate());
        Decide([North, Learner], Operations.Enrol(Learner.Address, North.Address));
        Decide([North], Operations.PicCreate(), Operations.LlpcCreate(Learner.Address, Verb));
        Book = Open();
        Waiting = new WaitingRequests(blocks.Chain, new ChainReader(database.Database));
    }

    public TestLedger Ledger { get; } = new();

    public SigningKey Learner { get; } = SigningKey.Create();

    public SigningKey North => Ledger.Identities[0];

    public SigningKey East => Ledger.Identities[1];

    public SigningKey South => Ledger.Identities[2];

    public ChainState Chain => blocks.Chain;

    public NoticeBook Book { get; private set; }

    public WaitingRequests Waiting { get; }

    public ManualClock Clock => files.Clock;

    public string BookPath => Path.ChangeExtension(files.File, "notices");

    public NoticePace Pace { get; } = NoticePace.Ordinary with
    {
        LookEvery = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(1),
        AttemptTime = TimeSpan.FromSeconds(30),
    };

    /// <summary>A block a second after the one before.</summary>
    public void Decide(SigningKey[] signers, params Operation[] operations)
    {
        now += 1_000;
        blocks.Decide(now, Ledger.Signed(signers, operations));
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(now);
    }

    public void Ask(SigningKey requester) => Decide(
        [requester], Operations.LlpcRequest(Learner.Address, Verb, new Rights { Read = true }, []));

    public void Tell(string webhook = Hook, string mail = "") =>
        Book.Set(Learner.Address, new NoticeAddressPair(webhook, mail, Clock.Now));

    public NoticeTeller Teller(params (NoticeChannel Channel, INoticeSender Sender)[] senders) =>
        Teller(NullLogger.Instance, senders);

    public NoticeTeller Teller(ILogger log, params (NoticeChannel Channel, INoticeSender Sender)[] senders) => new(
        North.Address, Book, Waiting,
        senders.ToFrozenDictionary(static one => one.Channel, static one => one.Sender), Pace, Clock, log);

    /// <summary>A notice of everything that waits.</summary>
    public Notice Everything(Guid id) => new(id, Learner.Address, [.. Waiting.Of(Learner.Address).Values]);

    /// <summary>The node ends, and begins again with the same file.</summary>
    public void Restart()
    {
        Book.Dispose();
        Book = Open();
    }

    public void Dispose()
    {
        Book.Dispose();
        files.Dispose();
        database.Dispose();
        encryption.Dispose();
        Learner.Dispose();
        Ledger.Dispose();
    }

    private NoticeBook Open() => new(BookPath, files.Keys, encryption);
}
