using Google.Protobuf;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Tests.Verification;
using Ledger.Node.Box;
using Ledger.Node.Cohorts;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Counts over learners: questions that a box gets, and answers that an asker gets.</summary>
internal static class CohortTargets
{
    private static readonly SigningKey School = LedgerSamples.Chain.School;

    public static IEnumerable<FuzzTarget> All() => [Requests(), Answers()];

    private static CohortAsker Asker() => new(
        new CallerIdentity(School.Address, School), LedgerSamples.Chain.ChainId, FixedClock.AtStart);

    private static CohortRequest Request() => Asker().Sign(
        School.Address,
        "a study",
        new CohortQuestion { Verb = SmallChain.Verb, FromDay = 1, UntilDay = 2, Activities = { "urn:course" } });

    private static FuzzTarget Requests() => Plain(
        "cohort-request",
        InputKind.Protobuf,
        [Request().Body.ToByteArray()],
        static bytes =>
        {
            CohortCounts box = new(
                LedgerSamples.Chain.ChainId, School, NodeSamples.Chain(), freshHead: null!, scan: null!,
                memory: null!, new BoxRequestMemory(new ForgetfulMarks(), FixedClock.AtStart),
                CohortLimits.LearnersMinUsual, TrustingVerifier.Instance, FixedClock.AtStart, logger: null!);
            CohortRequest request = new() { Body = ByteString.CopyFrom(bytes) };
            bool taken = box.Check(request).Body is not null;
            FuzzViolation.Unless(!taken || box.Check(request).Body is null, "answered twice");
            return taken;
        },
        new Decoder(typeof(CohortCounts), nameof(CohortCounts.Check)));

    private static FuzzTarget Answers()
    {
        CohortRequest request = Request();
        CohortBody sample = new()
        {
            ChainId = ByteString.CopyFrom(LedgerSamples.Chain.ChainId.ToArray()),
            Box = ByteString.CopyFrom(School.Address.ToArray()),
            Request = ByteString.CopyFrom(
                CohortMessages.RequestDigest(LedgerSamples.Chain.ChainId, request.Body.Span).ToArray()),
            Question = CohortRequestBody.Parser.ParseFrom(request.Body).Question,
            Height = 3,
            LearnersMin = CohortLimits.LearnersMinUsual,
            Learners = 12,
            Records = 40,
        };
        return Plain(
            "cohort-answer",
            InputKind.Protobuf,
            [sample.ToByteArray()],
            bytes => Takes<LedgerClientException>(() =>
            {
                // The box signs whatever it says.
                CohortAnswer answer = new()
                {
                    Body = ByteString.CopyFrom(bytes),
                    Signature = ByteString.CopyFrom(
                        School.Sign(CohortMessages.AnswerDigest(LedgerSamples.Chain.ChainId, bytes))),
                };
                CohortBody body = Asker().Check(School.Address, request, answer, School.PublicKey);
                FuzzViolation.Unless(body.Learners >= CohortLimits.LearnersMinLeast, "told of a few");
            }),
            new Decoder(typeof(CohortAsker), nameof(CohortAsker.Check)));
    }
}
