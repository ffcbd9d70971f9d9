using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Granted;
using Ledger.Node.Tests.Box;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Granted;

/// <summary>Which boxes a node asks: those that may answer by its grants, and no others.</summary>
public sealed class GrantedSourcesTests
{
    private BoxBench bench = null!;

    [SetUp]
    public void Begin() => bench = new BoxBench(records: 2);

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void A_holder_is_asked_for_what_a_grant_opens_of_its_records_and_the_own_store_never()
    {
        Assert.That(Find(), Is.Empty);
        bench.Grant(bench.East);
        bench.Grant(bench.North);
        Assert.That(Find(), Is.EqualTo(new[] { bench.North.Address }));
        Assert.That(Find(verb: "urn:another"), Is.Empty);
        Assert.That(new GrantedSources(bench.North.Address, bench.Blocks, static _ => []).Find(
            bench.Chain.Head, Query(null), Now), Is.Empty, "North asks no box for what it holds itself.");
    }

    [Test]
    public void Grants_with_limits_open_no_box_while_the_node_keeps_no_openings()
    {
        bench.Grant(bench.East, limits: new byte[32]);
        Assert.That(Find(), Is.Empty);
    }

    [Test]
    public void A_custodian_is_asked_for_the_records_of_a_writer_once_that_writer_is_gone()
    {
        bench.Decide([bench.South], Operations.CustodyPublishPlan(
            "Ten years", "https://archive.example/terms", TaggedHash.Of(Tags.Testimonial, [1]), 90));
        bench.Decide([bench.North], Operations.CustodyOffer(bench.North.Address, bench.South.Address, 1));
        bench.Decide([bench.South], Operations.CustodyAccept(bench.North.Address, bench.South.Address, 1, 1));
        bench.Decide(
            [bench.South],
            Operations.CustodyConfirm(bench.Learner.Address, BoxBench.Verb, bench.North.Address, 2));
        bench.Decide(
            [bench.North],
            Operations.LlpcGrant(
                bench.Learner.Address, BoxBench.Verb, bench.East.Address, new Rights { Read = true }, 0, 0, []));
        Assert.That(Find(), Is.EqualTo(new[] { bench.North.Address }), "The grant is about North's own records.");

        bench.Decide([bench.East], Operations.MembershipRevoke(bench.North.Address));
        bench.Decide([bench.South], Operations.RevocationVote(bench.North.Address, 1, approve: true));
        bench.Decide([bench.Ledger.Identities[3]], Operations.RevocationVote(bench.North.Address, 1, approve: true));
        Assert.That(Find(), Does.Contain(bench.South.Address), "Its custodian has a confirmed copy.");
    }

    private long Now => bench.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private IEnumerable<Address> Find(string? verb = null) =>
        new GrantedSources(bench.East.Address, bench.Blocks, static _ => [])
            .Questions(bench.Chain.Head, Query(verb), Now).Select(static one => one.Box);

    private GrantedQuery Query(string? verb) =>
        new(bench.Learner.Address, verb, null, 0, GrantedQuery.LimitMax, false);
}
