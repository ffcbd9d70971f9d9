using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What a learner shows to strangers: files of its making, links, and its own words.</summary>
internal static class DisclosureTargets
{
    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeMilliseconds(LedgerSamples.StartUnixMs);

    private static readonly StateEvidence Key =
        LedgerSamples.Chain.Evidence(StateKeys.SigningKeys(LedgerSamples.Chain.Learner.Address).At(1));

    private static readonly Func<string, (string Pointer, ReadOnlyMemory<byte> Value)> ReadCondition =
        Hidden.Method<Func<string, (string Pointer, ReadOnlyMemory<byte> Value)>>(
            typeof(DisclosureOptions), "ReadCondition");

    public static IEnumerable<FuzzTarget> All() => [Bodies(), Links(), Conditions()];

    // The learner lies and signs its lies: the signature is made for the mutated body.
    private static FuzzTarget Bodies() => Plain(
        "disclosure-body",
        InputKind.Protobuf,
        [
            Draft(DisclosureChoice.Counts).ToByteArray(),
            Draft(new DisclosureChoice(new HashSet<string>(), [], ["/object", "/result"])).ToByteArray(),
        ],
        static body =>
        {
            SigningKey learner = LedgerSamples.Chain.Learner;
            ProofFile file = new()
            {
                Disclosure = new Disclosure
                {
                    Version = ProofVerifier.Version,
                    Membership = LedgerSamples.Bundle.Membership,
                    Block = LedgerSamples.Bundle.Block,
                    Body = ByteString.CopyFrom(body),
                    Key = Key,
                    Signature = ByteString.CopyFrom(
                        learner.Sign(DisclosureMessages.IdOf(LedgerSamples.Chain.ChainId, body))),
                },
            };
            VerificationReport report = ProofVerifier.Verify(file.ToByteArray(), LedgerSamples.Trust);
            DisclosureValidity.JudgeEnd(report, Signed);
            if (report.Disclosure is not { } shown)
            {
                return false;
            }

            foreach (ShownMember member in ShownMembers.Of(shown))
            {
                FuzzViolation.Unless(
                    (ulong)member.Indexes.Count <= member.Counted, "more records are shown than the ledger counts");
            }

            shown.Ranges.ToList().ForEach(static range => ShownMembers.ActivitiesOf(range));
            return true;
        },
        new Decoder(typeof(ProofVerifier), nameof(ProofVerifier.Verify))) with { CostFactor = 8 };

    private static FuzzTarget Links() => Plain(
        "disclosure-link",
        InputKind.Text,
        [
            LedgerSamples.Utf8(
                $"https://a.example:7443/disclosures/{new string('a', 64)}/{new string('b', 64)}#sha256="
                + new string('c', 64)),
            LedgerSamples.Utf8($"http://localhost:7443/disclosures/{new string('a', 64)}/{new string('b', 64)}"),
        ],
        static bytes =>
        {
            bool taken = DisclosureLink.TryParse(TextInput.Of(bytes), out DisclosureLink? link, out string problem);
            FuzzViolation.Unless(taken == (problem.Length == 0), "taken with a problem, or refused without one");
            FuzzViolation.Unless(
                !taken
                    || (DisclosureLink.TryParse(link!.ToString(), out DisclosureLink? again, out _) && again == link),
                "written, and read as another");
            return taken;
        },
        new Decoder(typeof(DisclosureLink), nameof(DisclosureLink.TryParse)));

    private static FuzzTarget Conditions() => Plain(
        "disclosure-condition",
        InputKind.Text,
        [LedgerSamples.Utf8("/result/success=true"), LedgerSamples.Utf8("/verb={\"id\":\"v:1\"}")],
        static bytes => Takes<CommandException>(() => ReadCondition(TextInput.Of(bytes))),
        new Decoder(typeof(DisclosureOptions), "ReadCondition"));

    private static DisclosureBody Draft(DisclosureChoice choice) => DisclosureMaker.Draft(
        LedgerSamples.Chain.ChainId,
        LedgerSamples.Bundle,
        choice,
        new DisclosureTerms(Signed.AddDays(1), "For Acme", "https://a.example:7443"),
        Signed);
}
