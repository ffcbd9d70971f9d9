using Google.Protobuf;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Cohorts;

/// <summary>An answer about a cohort is the box's, to this question, and keeps its own minimum; or is none.</summary>
public sealed class CohortAskerTests
{
    private static readonly Hash256 ChainId = new(Enumerable.Repeat((byte)3, Hash256.Size).ToArray());

    private SigningKey box = null!;
    private SigningKey member = null!;
    private CohortAsker asker = null!;
    private CohortRequest request = null!;

    [SetUp]
    public void Begin()
    {
        box = SigningKey.FromSecret(Enumerable.Repeat((byte)1, 32).ToArray());
        member = SigningKey.FromSecret(Enumerable.Repeat((byte)2, 32).ToArray());
        asker = new CohortAsker(new CallerIdentity(member.Address, member), ChainId);
        request = asker.Sign(box.Address, "a study", new CohortQuestion { Verb = "urn:verb" });
    }

    [TearDown]
    public void End()
    {
        box.Dispose();
        member.Dispose();
    }

    [Test]
    public void What_the_box_signed_about_the_question_is_taken()
    {
        CohortBody told = asker.Check(box.Address, request, Signed(Honest(), box), box.PublicKey);
        Assert.That((told.Learners, told.Records), Is.EqualTo((12UL, 40UL)));
    }

    [Test]
    public void An_answer_by_another_or_to_another_question_is_none()
    {
        Refused(Honest(), member);
        Refused(Changed(static told => told.Question.Verb = "urn:another"));
        Refused(Changed(static told => told.Request = ByteString.CopyFrom(new byte[Hash256.Size])));
        Refused(Changed(static told => told.ChainId = ByteString.CopyFrom(new byte[Hash256.Size])));
        Refused(Changed(told => told.Box = ByteString.CopyFrom(member.Address.ToArray())));
    }

    [Test]
    public void An_answer_about_fewer_than_it_may_tell_is_none()
    {
        Refused(Changed(static told => told.Learners = 9));
        Refused(Changed(static told => told.Records = 11));
        Refused(Changed(static told =>
        {
            told.LearnersMin = 1;
            told.Learners = 1;
        }));
    }

    [Test]
    public void A_sum_is_told_where_it_is_of_as_many_as_the_asker_wants()
    {
        CohortBody small = Changed(static told =>
        {
            told.LearnersMin = 5;
            told.Learners = 6;
        });
        Assert.That(CohortSum.Of([small], 10), Is.EqualTo(new CohortSum(null, null)));
        Assert.That(CohortSum.Of([small, Honest()], 10), Is.EqualTo(new CohortSum(18, 80)));
        Assert.That(CohortSum.Of([], 0).Learners, Is.Null);
    }

    private CohortBody Honest() => new()
    {
        ChainId = ByteString.CopyFrom(ChainId.ToArray()),
        Box = ByteString.CopyFrom(box.Address.ToArray()),
        Request = ByteString.CopyFrom(CohortMessages.RequestDigest(ChainId, request.Body.Span).ToArray()),
        Question = new CohortQuestion { Verb = "urn:verb" },
        Height = 7,
        LearnersMin = CohortLimits.LearnersMinUsual,
        Learners = 12,
        Records = 40,
    };

    private CohortBody Changed(Action<CohortBody> change)
    {
        CohortBody told = Honest();
        change(told);
        return told;
    }

    private static CohortAnswer Signed(CohortBody told, SigningKey by) => new()
    {
        Body = told.ToByteString(),
        Signature = ByteString.CopyFrom(by.Sign(CohortMessages.AnswerDigest(ChainId, told.ToByteArray()))),
    };

    private void Refused(CohortBody told, SigningKey? by = null) => Assert.That(
        Assert.Throws<LedgerClientException>(
            () => asker.Check(box.Address, request, Signed(told, by ?? box), box.PublicKey))!.Kind,
        Is.EqualTo(ClientFailure.NotVerified));
}
