using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Tests.Verification;

/// <summary>Several keys of the state in one file, as of the newest block or of an earlier one.</summary>
public sealed class StateListTests
{
    private SmallChain chain = null!;
    private CertifiedHeader granted = null!;
    private LlpcName llpc;

    [SetUp]
    public void RevokeAGrant()
    {
        chain = new SmallChain();
        chain.AnchorStatements(SmallChain.AnyStatement);
        llpc = new LlpcName(chain.Learner.Address, SmallChain.Verb);
        chain.Decide([chain.Learner], Operations.LlpcGrant(
            llpc.Learner, llpc.Verb, chain.Identities[1].Address, AccessBits.Read.ToMessage(), 0, 0, []));
        granted = chain.Evidence(StateKeys.Roll).Block;
        chain.Decide([chain.Identities[2]], Operations.Settle());
        chain.Decide([chain.Learner], Operations.LlpcRevoke(llpc.Learner, llpc.Verb, 1));
    }

    [TearDown]
    public void Dispose() => chain.Dispose();

    [Test]
    public void A_revoked_grant_shows_revoked_with_reason_and_time_and_as_of_an_earlier_height_that_it_was_valid_then()
    {
        VerificationReport now = Verify(Grants());
        VerificationReport then = Verify(Grants(granted));

        ProvedState grant = now.States[0];
        Ending ending = ProvedState.EndingOf(grant.Value!)!;
        Assert.That(grant.Validity, Is.EqualTo(Validity.Ended));
        Assert.That(ending.Cause, Is.EqualTo(EndCause.Revoked));
        Assert.That(ending.Actor.ToByteArray(), Is.EqualTo(chain.Learner.Address.ToArray()));
        Assert.That(ending.TimeUnixMs, Is.EqualTo(chain.Head.TimeUnixMs));
        Assert.That(then.States[0].Validity, Is.EqualTo(Validity.Valid));
        Assert.That(then.AsOfHeight, Is.EqualTo(chain.Head.Height - 2));
        Assert.That(then.Height, Is.EqualTo(chain.Head.Height));
    }

    [Test]
    public void A_list_with_its_counter_says_that_these_are_all()
    {
        Assert.That(Finding(Verify(Grants()), "completeness"), Does.Contain("all 1 instances of Grant"));
        Assert.That(
            Finding(Verify(ListOf(
                StateKeys.SigningKeys(llpc.Learner).Counter, StateKeys.SigningKeys(llpc.Learner).At(1))),
                "completeness"),
            Does.Contain("all 1 instances of SigningKey"));
    }

    [Test]
    public void A_list_that_lacks_some_says_how_many_there_are()
    {
        chain.Decide([chain.Learner], Operations.LlpcGrant(
            llpc.Learner, llpc.Verb, chain.Identities[1].Address, AccessBits.Read.ToMessage(), 0, 0, []));

        Assert.That(Finding(Verify(Grants()), "completeness"), Does.Contain("1 of 2 instances of Grant"));
    }

    [Test]
    public void A_key_that_is_absent_is_proved_absent()
    {
        VerificationReport report = Verify(ListOf(
            StateKeys.RecordRange(llpc, chain.School.Address),
            StateKeys.RecordRange(llpc, chain.Identities[3].Address)));

        Assert.That(report.States.Select(state => state.IsPresent), Is.EqualTo(new[] { true, false }));
        Assert.That(((RecordRange)report.States[0].Value!).Count, Is.EqualTo(1), "all records of that writer");
        Assert.That(report.RootOfTrust, Does.Contain("assumes that no q former keys collude"));
    }

    [Test]
    public void An_empty_list_a_later_block_and_a_key_without_path_are_not_accepted()
    {
        StateList empty = Grants();
        empty.Keys.Clear();
        Refused(empty);
        StateList pathless = Grants();
        pathless.Keys[0].Proof = null;
        Refused(pathless);
        StateList later = Grants();
        chain.Decide([chain.Identities[2]], Operations.Settle());
        later.AsOf = chain.Evidence(StateKeys.Roll).Block;
        Refused(later);
        StateList foreign = Grants(granted);
        foreign.AsOf.Certificate.Votes.RemoveAt(0);
        Refused(foreign);
        StateList many = Grants();
        many.Keys.AddRange(Enumerable.Repeat(many.Keys[0], 1_000));
        Refused(many);
    }

    private StateList Grants(CertifiedHeader? asOf = null)
    {
        StateList list = ListOf(StateKeys.Grant(llpc, 1), StateKeys.Llpc(llpc));
        list.AsOf = asOf;
        return list;
    }

    private StateList ListOf(params StateKey[] keys)
    {
        StateEvidence first = chain.Evidence(keys[0]);
        StateList list = new() { Version = 1, Membership = first.Membership, Block = first.Block };
        list.Keys.AddRange(keys.Select(chain.Evidence).Select(static one => new ProvedKey
        {
            Key = one.Key, Value = one.Value, Proof = one.Proof,
        }));
        return list;
    }

    private VerificationReport Verify(StateList list)
    {
        VerificationReport report = ProofVerifier.Verify(new ProofFile { States = list }.ToByteArray(), chain.Trust);
        Assert.That(
            report.Verdict, Is.EqualTo(Verdict.Passed), string.Join('\n', report.Steps.Select(step => step.Sentence)));
        return report;
    }

    private void Refused(StateList list)
    {
        VerificationReport report = ProofVerifier.Verify(new ProofFile { States = list }.ToByteArray(), chain.Trust);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(report.States, Is.Empty);
    }

    private static string Finding(VerificationReport report, string step) =>
        string.Join('\n', report.Steps.Where(one => one.Name == step).Select(one => one.Sentence));
}
