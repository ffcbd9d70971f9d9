using Ledger.Node.Configuration;
using Ledger.Node.Notices;

namespace Ledger.Node.Tests.Notices;

/// <summary>Notices by mail, to a server of this machine.</summary>
public sealed class MailSenderTests
{
    private readonly Guid id = Guid.NewGuid();
    private NoticeBench bench = null!;
    private MailSink sink = null!;

    [SetUp]
    public void Start()
    {
        bench = new NoticeBench();
        bench.Ask(bench.East);
        sink = new MailSink();
    }

    [TearDown]
    public async Task Stop()
    {
        await sink.DisposeAsync();
        bench.Dispose();
    }

    [Test]
    public async Task Mail_says_who_asks_and_how_to_answer_and_neither_which_records_nor_the_learners_pseudonym()
    {
        await Sender().SendAsync(bench.Everything(id), NoticeBench.Mail, default);
        string message = sink.Messages.Single();
        Assert.Multiple(() =>
        {
            Assert.That(sink.Recipients.Single(), Does.Contain($"<{NoticeBench.Mail}>"));
            Assert.That(message, Does.Contain($"Message-Id: <{id:D}@north.example>").IgnoreCase);
            Assert.That(message, Does.Contain("ledger access inbox").And.Contain("Auto-Submitted"));
            Assert.That(
                message, Does.Not.Contain(NoticeBench.Verb).And.Not.Contain(bench.Learner.Address.ToString()));
        });
    }

    [Test]
    public async Task A_server_that_is_busy_is_asked_again_and_what_is_sent_again_bears_the_same_name()
    {
        int answers = 0;
        sink.RecipientAnswer = () => answers++ == 0 ? 451 : 250;
        await Sender().SendAsync(bench.Everything(id), NoticeBench.Mail, default);
        await Sender().SendAsync(bench.Everything(id), NoticeBench.Mail, default);
        Assert.That(sink.Recipients, Has.Count.EqualTo(3));
        Assert.That(
            sink.Messages.Select(static message => message.Split('\n').Single(
                static line => line.StartsWith("Message-Id", StringComparison.OrdinalIgnoreCase))).Distinct().Count(),
            Is.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_does_not_name_the_address()
    {
        sink.RecipientAnswer = static () => 550;
        NoticeException refused = (await Assert.ThrowsAsync<NoticeException>(
            () => Sender().SendAsync(bench.Everything(id), NoticeBench.Mail, default)))!;
        Assert.That(refused.Message, Does.Contain("550").And.Not.Contain(NoticeBench.Mail));
        int port = sink.Port;
        await sink.DisposeAsync();
        sink = new MailSink();
        NoticeException gone = (await Assert.ThrowsAsync<NoticeException>(
            () => Sender(port).SendAsync(bench.Everything(id), NoticeBench.Mail, default)))!;
        Assert.That(gone.Message, Does.Not.Contain(NoticeBench.Mail));
    }

    [Test]
    public void Settings_by_which_addresses_would_go_in_clear_or_nothing_would_go_are_refused()
    {
        MailSettings right = new("mail.north.example", 587, "ledger@north.example");
        MailSettings[] wrong =
        [
            right with { Tls = MailSettings.NoTls },
            right with { Tls = "ssl" },
            right with { Port = 0 },
            right with { From = "North <ledger@north.example>" },
            right with { User = "ledger" },
        ];
        Assert.That(right.Fault, Is.Null);
        Assert.That((right with { Host = "127.0.0.1", Tls = MailSettings.NoTls }).Fault, Is.Null);
        Assert.That(wrong.Select(static one => one.Fault), Has.None.Null);
    }

    [TestCase("jo@example.org", true)]
    [TestCase("jo+ledger@example.org", true)]
    [TestCase("Jo <jo@example.org>", false)]
    [TestCase("jo@example.org, mia@example.org", false)]
    [TestCase("jo@example.org\r\nBcc: mia@example.org", false)]
    [TestCase("jo", false)]
    [TestCase("@example.org", false)]
    [TestCase("", false)]
    public void One_bare_address_is_taken_and_nothing_else(string text, bool isTaken) =>
        Assert.That(MailNames.IsAddress(text), Is.EqualTo(isTaken));

    private MailSender Sender(int? port = null) => new(
        new MailSettings("127.0.0.1", port ?? sink.Port, "ledger@north.example") { Tls = MailSettings.NoTls },
        "North", "north.example", password: null, bench.Pace, TimeProvider.System);
}
