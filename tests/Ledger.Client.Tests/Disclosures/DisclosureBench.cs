using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Tests.Disclosures;

/// <summary>A learner with records of tasks, of which some were done well, and what it shows of them.</summary>
internal sealed class DisclosureBench : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Now.AddDays(30);

    public DisclosureBench(int records, int successes)
    {
        Statements = [.. Enumerable.Range(0, records).Select(number => Statement(number, number < successes))];
        Chain.AnchorStatements(Statements);
        Bundle = Chain.Bundle(Statements);
        Key = Chain.Evidence(StateKeys.SigningKeys(Chain.Learner.Address).At(1));
    }

    public SmallChain Chain { get; } = new();

    public string[] Statements { get; }

    public RecordBundle Bundle { get; }

    public StateEvidence Key { get; }

    /// <summary>The statement of a task; its answer, score and time are what a learner may want to hide.</summary>
    public static string Statement(int number, bool success) =>
        $$$"""
        {"id":"{{{IdOf(number)}}}","actor":{"mbox":"mailto:alice@b.example"},
         "verb":{"id":"{{{SmallChain.Verb}}}"},"object":{"id":"http://b.example/task/{{{number}}}"},
         "result":{"success":{{{(success ? "true" : "false")}}},"completion":true,
         "response":"answer {{{number % 5}}}","score":{"raw":{{{number % 11}}} } },
         "timestamp":"2024-05-01T10:00:00Z"}
        """;

    public static string IdOf(int number) => FormattableString.Invariant($"00000000-0000-4000-8000-{number:D12}");

    public static DisclosureChoice Show(params string[] pointers) => new(new HashSet<string>(), [], pointers);

    public static DisclosureChoice Where(string pointer, string json, params string[] besides) =>
        new(new HashSet<string>(), [(pointer, System.Text.Encoding.UTF8.GetBytes(json))], besides);

    public DisclosureBody Draft(DisclosureChoice choice) => DisclosureMaker.Draft(
        Chain.ChainId, Bundle, choice, new DisclosureTerms(End, "For Acme", "https://school.example:7443"), Now);

    public ProofFile Sign(DisclosureBody body, SigningKey? signer = null) =>
        DisclosureMaker.Sign(Chain.ChainId, Bundle, body, Key, signer ?? Chain.Learner);

    public VerificationReport Verify(ProofFile file) => ProofVerifier.Verify(file.ToByteArray(), Chain.Trust);

    /// <summary>What is shown by a choice, verified.</summary>
    public VerificationReport Shown(DisclosureChoice choice) => Verify(Sign(Draft(choice)));

    public static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));

    public void Dispose() => Chain.Dispose();
}
