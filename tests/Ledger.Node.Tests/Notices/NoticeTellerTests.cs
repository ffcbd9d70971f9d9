using Ledger.Client.Transactions;
using Ledger.Node.Notices;
using Ledger.Node.Tests.Records.Connectors;
using Ledger.Node.Tests.Records.Privacy;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Notices;

/// <summary>A request is told once by each way, whatever fails or ends in between.</summary>
public sealed class NoticeTellerTests
{
    private FakeSender hooks = null!;
    private FakeSender mails = null!;
    private NoticeBench bench = null!;

    [SetUp]
    public void Start()
    {
        hooks = new FakeSender();
        mails = new FakeSender();
        bench = new NoticeBench();
    }

    [TearDown]
    public void Stop() => bench.Dispose();

    [Test]
    public async Task Requests_are_told_once_by_each_way_and_each_with_who_asks()
    {
        bench.Tell(mail: NoticeBench.Mail);
        bench.Ask(bench.East);
        bench.Ask(bench.South);
        NoticeTeller teller = Teller();
        for (int look = 0; look < 3; look++)
        {
            teller.PlanAll();
            await teller.SendDueAsync(default);
        }

        Assert.Multiple(() =>
        {
            Assert.That(hooks.Sent.Single().Address, Is.EqualTo(NoticeBench.Hook));
            Assert.That(mails.Sent.Single().Address, Is.EqualTo(NoticeBench.Mail));
            Assert.That(hooks.Sent[0].Notice.Requests.Select(one => one.Requester), Is.Unique.And.Not.Contain(""));
            Assert.That(bench.Book.Undelivered(bench.Learner.Address), Is.Zero);
        });
    }

    [Test]
    public async Task A_notice_that_is_not_taken_goes_again_later_under_the_same_id_and_the_log_names_nobody()
    {
        using CollectedLog log = new();
        bench.Tell();
        bench.Ask(bench.East);
        hooks.Failure = static () => new NoticeException("The webhook answered 500.");
        NoticeTeller teller = bench.Teller(log.CreateLogger("notices"), (NoticeChannel.Webhook, hooks));
        teller.PlanAll();
        await teller.SendDueAsync(default);
        await teller.SendDueAsync(default);
        Assert.That(hooks.Sent, Has.Count.EqualTo(1), "not before its time");
        Assert.That(bench.Book.Undelivered(bench.Learner.Address), Is.EqualTo(1));

        hooks.Failure = static () => null;
        bench.Clock.Now += bench.Pace.After(0);
        await teller.SendDueAsync(default);
        Assert.That(hooks.Sent.Select(static one => one.Notice.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(hooks.Sent, Has.Count.EqualTo(2));
        Assert.That(bench.Book.Undelivered(bench.Learner.Address), Is.Zero);
        Assert.That(
            log.Text,
            Does.Contain("500").And.Not.Contain("learner.example").And.Not.Contain(bench.Learner.Address.ToString()));
    }

    /// <summary>What was sent and not noted goes again under the id by which its receiver knows it.</summary>
    [Test]
    public async Task A_node_that_is_killed_while_it_tells_tells_nothing_new_and_forgets_nothing()
    {
        bench.Tell();
        bench.Ask(bench.East);
        hooks.Failure = static () => new CrashException();
        NoticeTeller killed = Teller();
        killed.PlanAll();
        await Assert.ThrowsAsync<CrashException>(() => killed.SendDueAsync(default));

        bench.Restart();
        hooks.Failure = static () => null;
        NoticeTeller teller = Teller();
        teller.PlanAll();
        bench.Clock.Now += bench.Pace.After(0);
        await teller.SendDueAsync(default);
        await teller.SendDueAsync(default);
        Assert.That(hooks.Sent, Has.Count.EqualTo(2));
        Assert.That(hooks.Sent[1].Notice.Id, Is.EqualTo(hooks.Sent[0].Notice.Id));
    }

    [Test]
    public async Task What_is_answered_before_it_is_told_is_not_told()
    {
        bench.Tell();
        bench.Ask(bench.East);
        NoticeTeller teller = Teller();
        teller.PlanAll();
        bench.Decide([bench.Learner], Operations.LlpcDeny(bench.Learner.Address, NoticeBench.Verb, 1));
        await teller.SendDueAsync(default);
        Assert.That(hooks.Sent, Is.Empty);
        Assert.That(bench.Book.Undelivered(bench.Learner.Address), Is.Zero);

        teller.PlanAll();
        Assert.That(bench.Book.Known(bench.Learner.Address, NoticeChannel.Webhook), Is.Empty, "it has ended");
    }

    [Test]
    public async Task Who_leaves_the_institution_is_forgotten_and_who_erases_is_told_of_nothing_twice()
    {
        bench.Tell();
        bench.Ask(bench.East);
        NoticeTeller teller = Teller();
        teller.PlanAll();
        await teller.SendDueAsync(default);
        bench.Book.Erase(bench.Learner.Address);
        bench.Tell();
        teller.PlanAll();
        await teller.SendDueAsync(default);
        Assert.That(hooks.Sent, Has.Count.EqualTo(1));

        bench.Decide([bench.Learner], Operations.EndEnrolment(bench.Learner.Address, bench.North.Address));
        teller.PlanAll();
        Assert.That(bench.Book.Find(bench.Learner.Address), Is.Null);
    }

    [Test]
    public void Addresses_rest_sealed_and_are_gone_from_the_files_when_they_are_erased()
    {
        bench.Tell(mail: NoticeBench.Mail);
        Assert.That(bench.Book.Find(bench.Learner.Address)!.Mail, Is.EqualTo(NoticeBench.Mail));
        Assert.That(bench.Book.Find(bench.Learner.Address)!.ToString(), Does.Not.Contain(NoticeBench.Mail));
        Assert.That(Holds(NoticeBench.Mail), Is.False, "in clear");
        byte[] sealedContent = Kept();
        Assert.That(Holds(sealedContent), Is.True);
        bench.Book.Erase(bench.Learner.Address);
        Assert.That(Holds(sealedContent), Is.False, "after it was erased");
        Assert.That(bench.Book.Find(bench.Learner.Address), Is.Null);
    }

    [Test]
    public async Task Whom_a_block_asks_is_told_at_once_and_what_was_missed_is_told_at_the_start()
    {
        bench.Tell();
        bench.Ask(bench.East);
        await using (NoticeWorker first = Worker())
        {
            await LinkRig.UntilAsync(() => hooks.Sent.Count == 1, "the request that was there was not told");
            bench.Ask(bench.South);
            await LinkRig.UntilAsync(() => hooks.Sent.Count == 2, "the request that came was not told");
        }

        Assert.That(
            hooks.Sent.SelectMany(static one => one.Notice.Requests).Select(static one => one.View.Number),
            Is.EqualTo(new ulong[] { 1, 2 }));
    }

    private NoticeWorker Worker() => new(
        Teller(), bench.Chain, bench.Pace, TimeProvider.System, NullLogger.Instance);

    private NoticeTeller Teller() => bench.Teller((NoticeChannel.Webhook, hooks), (NoticeChannel.Mail, mails));

    private byte[] Kept()
    {
        using Microsoft.Data.Sqlite.SqliteConnection reader = new($"Data Source={bench.BookPath};Pooling=False");
        reader.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = reader.CreateCommand();
        command.CommandText = "SELECT content FROM addresses";
        return (byte[])command.ExecuteScalar()!;
    }

    private bool Holds(string text) => Holds(System.Text.Encoding.UTF8.GetBytes(text));

    private bool Holds(byte[] bytes) => Directory.GetFiles(Path.GetDirectoryName(bench.BookPath)!)
        .Where(file => file.StartsWith(bench.BookPath, StringComparison.Ordinal))
        .Any(file => ReadShared(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] ReadShared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
