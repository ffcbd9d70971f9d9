using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Purposes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Asking for access: alone, for a class, for a purpose, and what became of it.</summary>
public sealed class AccessCommandTests
{
    private const string Words = "Advice for the spring term";

    private static readonly string Passed = VerbTable.Standard.WithLabel("passed")[0].Iri;
    private static readonly string Failed = VerbTable.Standard.WithLabel("failed")[0].Iri;

    private readonly SigningKey[] learners = [SigningKey.Create(), SigningKey.Create()];
    private readonly SigningKey teacher = SigningKey.Create();
    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    private SigningKey North => Ledger.Keys[0];

    private string Learner => learners[0].Address.ToString();

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("alice", learners[0]);
        bench.AddProfile("teacher", teacher);
        Ledger.Decide([Ledger.Keys[1]], Operations.PicCreate());
        foreach (SigningKey learner in learners)
        {
            Ledger.Decide([learner], Operations.UicCreate());
            Ledger.Decide([learner, Ledger.Keys[1]], Operations.Enrol(learner.Address, Ledger.Keys[1].Address));
            Ledger.Decide(
                [Ledger.Keys[1]],
                Operations.LlpcCreate(learner.Address, Passed),
                Operations.LlpcCreate(learner.Address, Failed));
        }

        Ledger.Decide([North, teacher], Operations.StaffAppoint(
            teacher.Address,
            [StaffRole.Teacher],
            DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds(),
            untilUnixMs: 0));
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        teacher.Dispose();
        Array.ForEach(learners, static key => key.Dispose());
    }

    [Test]
    public async Task Words_stay_with_the_node_and_their_salted_commitment_goes_on_the_ledger()
    {
        await bench.DoneAsync("north", "access", "request", Learner, "passed", "--purpose", Words);

        Client.Protos.LearnerPurpose kept = bench.Node.Purposes.Kept.Single();
        Assert.That(kept.Opening.Words, Is.EqualTo(Words));
        Assert.That(kept.Learner, Is.EqualTo(learners[0].Address.ToField()));
        LlpcRequest sent = bench.Node.Last.LlpcRequest;
        Assert.That(sent.Purpose, Is.EqualTo(RequestPurpose.CommitmentOf(kept.Opening).ToField()));
        Assert.That(bench.Node.Submitted[^1].ToString(), Does.Not.Contain(Words));
        await bench.RefusedAsync("REQUEST_EXISTS", "north", "access", "request", Learner, "passed");
    }

    [Test]
    public async Task A_commitment_made_elsewhere_goes_as_it_is_and_never_with_words()
    {
        string commitment = new('7', 64);
        await bench.DoneAsync("north", "access", "request", Learner, "passed", "--purpose-commitment", commitment);

        Assert.That(bench.Node.Last.LlpcRequest.Purpose.ToByteArray(), Is.EqualTo(Convert.FromHexString(commitment)));
        Assert.That(bench.Node.Purposes.Kept, Is.Empty);
        CommandRun both = await bench.RunAsync(
            "north", "access", "request", Learner, "passed", "--purpose", Words, "--purpose-commitment", commitment);
        Assert.That(both.Code, Is.EqualTo(2));
        CommandRun lines = await bench.RunAsync(
            "north", "access", "request", Learner, "passed", "--purpose", "two\nlines");
        Assert.That(lines.Code, Is.EqualTo(2), lines.Output);
    }

    [Test]
    public async Task The_learner_reads_the_words_in_its_inbox_with_its_key_alone()
    {
        await bench.DoneAsync("north", "access", "request", Learner, "passed", "--purpose", Words);
        Ledger.Decide([North], Operations.PublishEndpoint(EndpointKind.Box, bench.Node.Uri));
        using EncryptionKey key = EncryptionKey.Create();
        bench.WriteKey("alice.x25519", key, learners[0].Address);
        bench.Node.Purposes.LearnerKey = new PublicKeyBytes(key.PublicKey);

        Assert.That(await bench.DoneAsync("alice", "access", "inbox"), Does.Contain("--encryption-key"));
        JsonElement inbox = await bench.JsonAsync(
            "alice", "access", "inbox", "--encryption-key", bench.In("alice.x25519"), "--key-password-file",
            bench.PasswordFile);
        JsonElement row = inbox.GetProperty("requests").EnumerateArray().Single();
        Assert.That(row.GetProperty("purpose").GetString(), Is.EqualTo(Words));
        Assert.That(row.GetProperty("from").GetString(), Is.EqualTo(North.Address.ToString()));

        // A node that tells another story than the one committed to is not believed.
        bench.Node.Purposes.Kept[0].Opening.Words = "Something else";
        Assert.That(
            await bench.DoneAsync(
                "alice", "access", "inbox", "--encryption-key", bench.In("alice.x25519"), "--key-password-file",
                bench.PasswordFile),
            Does.Contain("not shown").And.Not.Contain("Something else"));
    }

    [Test]
    public async Task The_inbox_says_in_words_who_asks_for_what_and_approves_what_was_asked_for()
    {
        await bench.DoneAsync("north", "access", "request", Learner, "passed", "--rights", "read,grant-read");
        await bench.DoneAsync("north", "access", "request", Learner, "failed");
        string inbox = await bench.DoneAsync("alice", "access", "inbox");
        Assert.That(
            inbox.ReplaceLineEndings(" "),
            Does.Contain("(school0.example) asks to read and let others read your records of passed")
                .And.Contain("does not say what for"));

        await bench.DoneAsync(
            "alice", "access", "inbox", "--approve", "passed/1", "--deny", "failed/1", "--until", "2099-12-31");
        LlpcGrant grant = bench.Node.LastOperations[0].LlpcGrant;
        Assert.Multiple(() =>
        {
            Assert.That(grant.Request, Is.EqualTo(1));
            Assert.That(grant.Grantee, Is.EqualTo(North.Address.ToField()));
            Assert.That(grant.Rights, Is.EqualTo(new Rights { Read = true, GrantRead = true }));
            Assert.That(grant.EndUnixMs, Is.GreaterThan(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
            Assert.That(bench.Node.LastOperations[1].LlpcDeny.Request, Is.EqualTo(1));
        });
        Assert.That(await bench.DoneAsync("alice", "access", "inbox"), Does.Not.Contain("asks to"));
    }

    [Test]
    public async Task An_answer_to_no_request_is_refused_and_sends_nothing()
    {
        await bench.DoneAsync("north", "access", "request", Learner, "passed");
        int sent = bench.Node.Submitted.Count;
        CommandRun other = await bench.RunAsync("alice", "access", "inbox", "--approve", "failed/1");
        CommandRun nothing = await bench.RunAsync("alice", "access", "inbox", "--deny", "passed");
        Assert.That((other.Code, nothing.Code), Is.EqualTo(((int)Hosting.ExitCode.Refused, 2)));
        Assert.That(bench.Node.Submitted, Has.Count.EqualTo(sent));
    }

    [Test]
    public async Task A_teacher_asks_a_class_in_the_schools_name_under_a_policy_with_a_salt_for_each()
    {
        Adopt();
        string list = bench.Write("class.txt", $"# a class\n{Learner}\n{learners[1].Address} # the other\n");

        JsonElement asked = await bench.JsonAsync(
            "teacher", "access", "request-class", "--learners", list, "--for", "school0.example", "--policy", "1",
            "--purpose", Words, "passed", "failed");

        Assert.That(asked.GetProperty("asked").GetInt32(), Is.EqualTo(4));
        LlpcRequest[] sent = [.. bench.Node.LastOperations.Select(static one => one.LlpcRequest)];
        Assert.That(sent.Select(static one => one.Institution), Has.All.EqualTo(North.Address.ToField()));
        Assert.That(sent.Select(static one => one.Policy), Has.All.EqualTo(new PolicyName { Number = 1, Version = 1 }));
        Assert.That(sent.Select(static one => one.Purpose), Is.Unique);
        Assert.That(bench.Node.Purposes.InNameOf, Is.EqualTo(North.Address.ToField()));

        JsonElement answers = await bench.JsonAsync("teacher", "access", "answers", "--for", "school0.example");
        Assert.That(answers.GetProperty("answers").GetArrayLength(), Is.EqualTo(4));
        Assert.That(bench.Node.Inspection.Callers[^1].Institution, Is.EqualTo(North.Address.ToField()));
        Assert.That(bench.Node.Inspection.Callers[^1].Address, Is.EqualTo(teacher.Address.ToField()));
    }

    [Test]
    public async Task What_the_learner_answers_is_told_and_what_is_answered_no_longer_waits()
    {
        await bench.DoneAsync("north", "access", "request", Learner, "passed");
        await bench.DoneAsync("north", "access", "request", Learner, "failed");
        await bench.DoneAsync("alice", "access", "deny", "passed", "1");
        Assert.That(bench.Node.Last.LlpcDeny.Request, Is.EqualTo(1));

        Assert.That(await bench.DoneAsync("north", "access", "answers"), Does.Contain("denied").And.Contain("waiting"));
        Assert.That(
            await bench.DoneAsync("north", "access", "answers", "--waiting"), Does.Not.Contain("denied"));
        await bench.RefusedAsync("NO_REQUEST", "alice", "access", "deny", "passed", "1");
        await bench.RefusedAsync("NO_REQUEST", "north", "access", "withdraw", Learner, "passed", "1");
    }

    [Test]
    public async Task A_class_of_which_one_learner_is_unknown_is_asked_but_for_that_one()
    {
        string list = bench.Write("class.txt", $"{Learner}\n{new string('9', 64)}\n");

        CommandRun run = await bench.RunAsync("north", "access", "request-class", "--learners", list, "passed");

        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("ACCEPTED").And.Contain("NOT_A_LEARNER"));
        Assert.That(
            (await bench.RunAsync("north", "access", "request-class", "--learners", list, "--policy", "9", "passed"))
                .Error,
            Does.Contain("ledger policy list"));
    }

    private void Adopt()
    {
        PolicyTemplate template = new()
        {
            Rights = new Rights { Read = true }, Signatories = PolicySignatories.Either, DaysMax = 30,
        };
        template.Texts.Add(new PolicyText { Language = "en", Title = "Advice", Text = "Teachers read." });
        Ledger.Decide([North], Operations.PolicyAdopt(template, 0));
        Ledger.Decide([Ledger.Keys[1]], Operations.MeasureVote(1, approve: true));
        Ledger.Decide([Ledger.Keys[2]], Operations.MeasureVote(1, approve: true));
    }
}
