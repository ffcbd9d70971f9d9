using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Copies;
using Ledger.Node.Granted;
using Ledger.Node.Records;
using Ledger.Node.Tests.Box;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Granted;

/// <summary>
/// East's node keeps the limits of its grants, and its tools read within them for as long as a grant lasts.
/// </summary>
public sealed class GrantedLimitsTests
{
    private const string Course = "https://lms.example.org/course/7";
    private const string Uri = "https://north.example:7443#sha256=";
    private const int Covered = 2;
    private const int Records = 4;

    private readonly EncryptionKey encryption = EncryptionKey.Create();
    private BoxBench bench = null!;
    private CallerAuthentication callers = null!;
    private LimitsBook book = null!;
    private GrantedLimitsService service = null!;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records, Record);
        bench.Decide([bench.North], Operations.PublishEndpoint(EndpointKind.Box, Uri + new string('a', 64)));
        callers = new CallerAuthentication(
            bench.Ledger.ChainId, bench.East.Address, bench.Chain, Ed25519Verifier.Instance, bench.Clock);
        Open();
    }

    [TearDown]
    public void End()
    {
        book.Dispose();
        bench.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKey() => encryption.Dispose();

    [Test]
    public async Task A_tool_reads_what_the_limits_cover_after_a_restart_too()
    {
        LimitsOpening opening = Grant(Course);
        LimitsKept kept = await KeepAsync(bench.East, opening);
        Assert.That(kept.Grants, Is.EqualTo(new[] { 1UL }));
        Assert.That(await ReadAsync(), Is.EqualTo(Covered));

        book.Dispose();
        Open();
        Assert.That(await ReadAsync(), Is.EqualTo(Covered));
    }

    [Test]
    public async Task Without_openings_no_box_is_asked_and_with_a_grant_without_limits_they_are_not_needed()
    {
        LimitsOpening opening = Grant(Course);
        Assert.That(await ReadAsync(), Is.Zero);
        bench.Grant(bench.East);
        await KeepAsync(bench.East, opening);
        Assert.That(await ReadAsync(), Is.EqualTo(Records));
    }

    [Test]
    public async Task Two_grants_with_limits_give_what_either_covers_and_each_record_once()
    {
        LimitsOpening one = Grant(Course);
        LimitsOpening all = Grant(null);
        await KeepAsync(bench.East, one);
        Assert.That(await ReadAsync(), Is.EqualTo(Covered));
        await KeepAsync(bench.East, all);
        Assert.That(await ReadAsync(), Is.EqualTo(Records));
    }

    [Test]
    public async Task They_end_with_the_grant_at_once_for_tools_and_with_the_next_sweep_on_disk()
    {
        LimitsOpening opening = Grant(Course);
        await KeepAsync(bench.East, opening);
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        Assert.That(await ReadAsync(), Is.Zero);
        Assert.That(book.All(), Has.Count.EqualTo(1));

        using CopyStore copies = new(bench.FileOf("copies"), bench.Keys);
        await using CopyKeeper keeper = new(
            bench.East.Address, bench.Chain, copies, bench.Clock, NullLogger.Instance)
        {
            EndAlso = (head, now) => book.End(head.State, now),
        };
        keeper.Sweep();
        Assert.That(book.All(), Is.Empty);
        await RefusedAsync(StatusCode.FailedPrecondition, "NO_GRANT", () => KeepAsync(bench.East, opening));
    }

    [Test]
    public async Task The_file_says_nothing_of_them_and_one_of_another_grant_or_chain_is_as_if_it_were_not_there()
    {
        await KeepAsync(bench.East, Grant(Course));
        string file = bench.FileOf("limits");
        Assert.That(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), Does.Not.Contain(Course));

        book.Dispose();
        using (LimitsBook elsewhere = new(
            file, TaggedHash.Of("test/chain"u8, []), bench.East.Address, bench.Encryption))
        {
            Assert.That(elsewhere.All(), Is.Empty);
        }

        using (Microsoft.Data.Sqlite.SqliteConnection connection = RecordDatabase.OpenWriter(file))
        {
            RecordDatabase.Execute(connection, "UPDATE limits SET grant_number = 2");
        }

        Open();
        Assert.That(book.All(), Is.Empty);
    }

    [Test]
    public async Task The_learner_hands_its_sealed_file_in_and_nobody_else_does()
    {
        LimitsOpening opening = Grant(Course);
        LlpcName llpc = new(bench.Learner.Address, BoxBench.Verb);
        LimitsToKeep request = Request();
        request.Sealed = UnsafeByteOperations.UnsafeWrap(LimitsFile.Seal(
            bench.Ledger.ChainId, llpc, bench.East.Address, bench.Encryption.PublicKey, [opening]));
        await RefusedAsync(StatusCode.PermissionDenied, "NOT_YOURS", () => service.Keep(request, Call(bench.South)));
        LimitsKept kept = await service.Keep(request, Call(bench.Learner));
        Assert.That(kept.Grants, Has.Count.EqualTo(1));
        Assert.That(await ReadAsync(), Is.EqualTo(Covered));

        request.Sealed = UnsafeByteOperations.UnsafeWrap(LimitsFile.Seal(
            bench.Ledger.ChainId, llpc, bench.East.Address, encryption.PublicKey, [opening]));
        await RefusedAsync(
            StatusCode.FailedPrecondition, "NOT_SEALED_HERE", () => service.Keep(request, Call(bench.Learner)));
        await RefusedAsync(
            StatusCode.PermissionDenied, "", () => service.ListLimits(new LimitsQuery(), Call(bench.Learner)));
        LimitsToForget forget = new() { Learner = request.Learner };
        await RefusedAsync(StatusCode.PermissionDenied, "", () => service.Forget(forget, Call(bench.Learner)));
        LimitsList list = await service.ListLimits(new LimitsQuery(), Call(bench.East));
        Assert.That(list.Limits.Single().Grant, Is.EqualTo(1));
        Assert.That((await service.Forget(forget, Call(bench.East))).Grants, Is.EqualTo(1));
        Assert.That(await ReadAsync(), Is.Zero);
    }

    [Test]
    public async Task A_purpose_that_the_limits_name_is_what_the_box_is_told()
    {
        LimitsOpening opening = Grant(Course, limits => limits.Purposes.Add("advice"));
        await RefusedAsync(StatusCode.FailedPrecondition, "PURPOSE_NOT_COVERED", () => KeepAsync(bench.East, opening));
        await RefusedAsync(
            StatusCode.FailedPrecondition, "PURPOSE_NOT_COVERED", () => KeepAsync(bench.East, opening, "sales"));
        await KeepAsync(bench.East, opening, "advice");
        List<string> told = [];
        bench.Enter = read =>
        {
            told.Add(bench.Open(read).Purpose);
            return Task.FromResult(true);
        };
        Assert.That(await ReadAsync(), Is.EqualTo(Covered));
        Assert.That(told, Is.EqualTo(new[] { "advice" }));
    }

    [Test]
    public async Task What_opens_no_grant_or_features_alone_is_refused()
    {
        LimitsOpening other = LimitsCommitment.Open(LimitsOf(Course));
        await RefusedAsync(StatusCode.FailedPrecondition, "NO_GRANT", () => KeepAsync(bench.East, other));
        LimitsOpening features = Grant(Course, static limits => limits.FeaturesOnly = true);
        await RefusedAsync(StatusCode.FailedPrecondition, "FEATURES_ONLY", () => KeepAsync(bench.East, features));
        await RefusedAsync(StatusCode.InvalidArgument, "openings", () => service.Keep(Request(), Call(bench.East)));
    }

    // A tampered record cannot be told from one that limits do not cover: only the record could say.
    [Test]
    public async Task A_record_that_was_tampered_with_is_left_out_and_not_told()
    {
        await KeepAsync(bench.East, Grant(Course));
        bench.Source.Change = static record => Encoding.UTF8.GetString(record.Committed.Span).Contains(Statements.Id(1))
            ? record with { Committed = Encoding.UTF8.GetBytes("{}") }
            : record;
        GrantedAnswer answer = await AnswerAsync();
        Assert.That(answer.Refusal, Is.Null, answer.Refusal?.Sentence);
        Assert.That(answer.Records, Has.Count.EqualTo(Covered - 1));
    }

    private void Open()
    {
        book = bench.NewLimitsBook(bench.East);
        service = new GrantedLimitsService(
            bench.Ledger.ChainId, bench.East.Address, callers, bench.Chain, book, bench.Encryption, bench.Clock);
    }

    // The first two are of the course.
    private static IntakeRecord Record(int number)
    {
        System.Text.Json.Nodes.JsonObject statement = Statements.Statement(number);
        statement["object"]!["id"] = number <= Covered ? Course : "https://lms.example.org/course/8";
        return Statements.Read(statement.ToJsonString());
    }

    private static GrantLimits LimitsOf(string? activity)
    {
        GrantLimits limits = new() { Backups = true };
        if (activity is not null)
        {
            limits.Activities.Add(activity);
        }

        return limits;
    }

    private LimitsOpening Grant(string? activity, Action<GrantLimits>? more = null)
    {
        GrantLimits limits = LimitsOf(activity);
        more?.Invoke(limits);
        LimitsOpening opening = LimitsCommitment.Open(limits);
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        return opening;
    }

    private Task<LimitsKept> KeepAsync(SigningKey caller, LimitsOpening opening, string purpose = "")
    {
        LimitsToKeep request = Request();
        request.Openings.Add(opening);
        request.Purpose = purpose;
        return service.Keep(request, Call(caller));
    }

    private LimitsToKeep Request() => new()
    {
        Learner = ByteString.CopyFrom(bench.Learner.Address.ToArray()), Verb = BoxBench.Verb,
    };

    private async Task<int> ReadAsync()
    {
        GrantedAnswer answer = await AnswerAsync();
        Assert.That(answer.Refusal, Is.Null, answer.Refusal?.Sentence);
        return answer.Records.Count;
    }

    private Task<GrantedAnswer> AnswerAsync()
    {
        GrantedReader reader = new(
            bench.Ledger.ChainId, bench.East, bench.Trust, bench.Chain,
            new GrantedSources(bench.East.Address, bench.Blocks, book.Find),
            async (_, request, _) =>
            {
                BoxReply reply = await bench.Box.AnswerAsync(request, CancellationToken.None);
                return reply.Answer
                    ?? throw new LedgerClientException(ClientFailure.Refused, reply.Refusal!.ToString());
            },
            bench.Clock);
        return reader.ReadAsync(
            new GrantedQuery(bench.Learner.Address, null, null, 0, GrantedQuery.LimitMax, false),
            "tool",
            CancellationToken.None);
    }

    private static async Task RefusedAsync(StatusCode code, string why, Func<Task> ask)
    {
        RpcException? refusal = await Assert.ThrowsAsync<RpcException>(() => ask());
        Assert.That(refusal?.StatusCode, Is.EqualTo(code));
        Assert.That(refusal!.Status.Detail, Does.Contain(why));
    }

    private CallContext Call(SigningKey caller)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(caller.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(caller.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(caller.Sign(CallerMessages.Digest(
                bench.Ledger.ChainId, bench.East.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
