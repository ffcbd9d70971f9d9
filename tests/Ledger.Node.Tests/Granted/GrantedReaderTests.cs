using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Granted;
using Ledger.Node.Records;
using Ledger.Node.Tests.Box;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Granted;

/// <summary>East's node reads at North's box for its tools: whole and verified, or not at all and by name.</summary>
public sealed class GrantedReaderTests
{
    private const int Records = 3;
    private const string Uri = "https://north.example:7443#sha256=";

    private BoxBench bench = null!;
    private Func<BoxRequest, Task<BoxAnswer>> ask = null!;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records);
        ask = AskBoxAsync;
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task Granted_records_are_read_at_the_box_that_the_ledger_names_and_verified_from_the_own_head()
    {
        Open();
        GrantedAnswer answer = await ReadAsync();
        Assert.That(answer.Refusal, Is.Null);
        Assert.That(answer.Records.Select(static one => one.Height), Is.All.EqualTo(bench.Height));
        Assert.That(answer.Records, Has.Count.EqualTo(Records));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Earlier_words_are_asked_for_only_where_a_tool_asks_for_them(bool withSuperseded)
    {
        Open();
        ask = request =>
        {
            Assert.That(
                BoxRequestBody.Parser.ParseFrom(request.Body).WithSuperseded, Is.EqualTo(withSuperseded));
            return AskBoxAsync(request);
        };

        GrantedAnswer answer = await ReadAsync(withSuperseded);
        Assert.That(answer.Records, Has.Count.EqualTo(Records), answer.Refusal?.Sentence);
    }

    [Test]
    public async Task Without_a_grant_nobody_is_asked()
    {
        Publish();
        ask = static _ => throw new InvalidOperationException("A box was asked.");
        GrantedAnswer answer = await ReadAsync();
        Assert.That((answer.Refusal, answer.Records.Count), Is.EqualTo(((GrantedRefusal?)null, 0)));
    }

    [Test]
    public async Task A_grant_of_one_institution_asks_that_one_alone()
    {
        Publish();
        bench.Decide([bench.South, bench.Learner], Operations.Enrol(bench.Learner.Address, bench.South.Address));
        bench.Decide(
            [bench.South], Operations.PicCreate(), Operations.PicInsert(bench.Learner.Address, BoxBench.Verb));
        bench.Decide(
            [bench.North],
            Operations.LlpcGrant(
                bench.Learner.Address, BoxBench.Verb, bench.East.Address, new Rights { Read = true }, 0, 0, []));
        int asked = 0;
        ask = request =>
        {
            asked++;
            Assert.That(
                BoxRequestBody.Parser.ParseFrom(request.Body).Box.ToByteArray(),
                Is.EqualTo(bench.North.Address.ToArray()));
            return AskBoxAsync(request);
        };

        GrantedAnswer answer = await ReadAsync();
        Assert.That((answer.Records.Count, asked), Is.EqualTo((Records, 1)), answer.Refusal?.Sentence);
    }

    [Test]
    public async Task A_box_that_is_not_published_is_unreachable()
    {
        bench.Grant(bench.East);
        await RefusedAsync(503, "UNREACHABLE", "published no box");
    }

    [TestCase(ClientFailure.Refused, 403, "REFUSED")]
    [TestCase(ClientFailure.WrongUse, 400, "WRONGUSE")]
    [TestCase(ClientFailure.NotVerified, 502, "NOTVERIFIED")]
    [TestCase(ClientFailure.Unreachable, 503, "UNREACHABLE")]
    [TestCase(ClientFailure.Undecided, 503, "UNDECIDED")]
    public async Task What_a_box_fails_by_is_named_with_the_box(ClientFailure kind, int status, string code)
    {
        Open();
        ask = _ => throw new LedgerClientException(kind, "It did not work.");
        await RefusedAsync(status, code, "It did not work.");
    }

    [Test]
    public async Task An_answer_that_another_signed_or_that_shows_a_changed_record_is_not_verified()
    {
        Open();
        ask = async request =>
        {
            BoxAnswer answer = await AskBoxAsync(request);
            answer.Signature = ByteString.CopyFrom(new byte[64]);
            return answer;
        };
        await RefusedAsync(502, "NOTVERIFIED", "not signed");

        ask = AskBoxAsync;
        bench.Source.Change = static record => record with { Committed = Encoding.UTF8.GetBytes("{}") };
        await RefusedAsync(502, "NOT_VERIFIED", "MISMATCH");
    }

    [Test]
    public async Task A_record_that_the_store_lacks_makes_the_whole_unavailable()
    {
        Open();
        bench.Source.Change = static record =>
            Encoding.UTF8.GetString(record.Committed.Span).Contains(Statements.Id(2)) ? null : record;
        await RefusedAsync(503, "UNAVAILABLE", "lacks a record");
    }

    [Test]
    public async Task An_answer_on_a_state_before_the_own_head_is_not_taken()
    {
        Open();
        LedgerHead before = bench.Chain.Head;
        bench.Decide([bench.East], Operations.Settle());
        bench.FreshHead = () => Task.FromResult<LedgerHead?>(before);
        await RefusedAsync(502, "NOT_VERIFIED", "no block that can be followed");
    }

    private void Open()
    {
        Publish();
        bench.Grant(bench.East);
    }

    private void Publish() => bench.Decide(
        [bench.North], Operations.PublishEndpoint(EndpointKind.Box, Uri + new string('a', 64)));

    private async Task<BoxAnswer> AskBoxAsync(BoxRequest request)
    {
        BoxReply reply = await bench.Box.AnswerAsync(request, CancellationToken.None);
        return reply.Answer ?? throw new LedgerClientException(ClientFailure.Refused, reply.Refusal!.ToString());
    }

    private Task<GrantedAnswer> ReadAsync(bool withSuperseded = false)
    {
        GrantedReader reader = new(
            bench.Ledger.ChainId, bench.East, bench.Trust, bench.Chain,
            new GrantedSources(bench.East.Address, bench.Blocks, static _ => []),
            (box, request, _) =>
            {
                Assert.That(box.Uri.Host, Is.EqualTo("north.example"));
                return ask(request);
            },
            bench.Clock);
        return reader.ReadAsync(
            new GrantedQuery(bench.Learner.Address, null, null, 0, GrantedQuery.LimitMax, false)
            {
                WithSuperseded = withSuperseded,
            },
            "tool",
            CancellationToken.None);
    }

    private async Task RefusedAsync(int status, string code, params string[] words)
    {
        GrantedAnswer answer = await ReadAsync();
        Assert.That(answer.Records, Is.Empty);
        Assert.That(
            (answer.Refusal?.Status, answer.Refusal?.Code), Is.EqualTo(((int?)status, code)), answer.Refusal?.Sentence);
        Assert.That(answer.Refusal!.Sentence, Does.Contain(bench.North.Address.ToString()));
        Assert.That(
            words.Any(word => answer.Refusal.Sentence.Contains(word, StringComparison.Ordinal)),
            Is.True,
            answer.Refusal.Sentence);
    }
}
