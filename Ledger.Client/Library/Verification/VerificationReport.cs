using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>What a verification found, step by step.</summary>
public sealed class VerificationReport
{
    private readonly List<VerificationStep> steps = [];

    internal VerificationReport(string kind)
    {
        Kind = kind;
    }

    /// <summary>
    /// receipt, state, states, records, audit, intake, disclosure, features, erasure, learner-export, or unknown.
    /// </summary>
    public string Kind { get; internal set; }

    /// <summary>The steps in order; those after a failed one that they rest on are missing.</summary>
    public IReadOnlyList<VerificationStep> Steps => steps;

    /// <summary>The worst verdict of all steps.</summary>
    public Verdict Verdict => steps.Count == 0 ? Verdict.Unknown : steps.Max(static step => step.Verdict);

    /// <summary>The block that the proof stands on, once its certificate is verified.</summary>
    public ulong? Height { get; internal set; }

    /// <summary>The time of that block, in ms since 1970-01-01 UTC.</summary>
    public long? BlockTimeUnixMs { get; internal set; }

    /// <summary>The transaction of a receipt.</summary>
    public Hash256? TransactionId { get; internal set; }

    /// <summary>The result of a receipt, once its inclusion is verified.</summary>
    public Contracts.Protos.OperationResult? Result { get; internal set; }

    /// <summary>Records of a bundle whose content and place were verified.</summary>
    public int RecordsVerified { get; internal set; }

    /// <summary>Keys of the state whose value or absence was verified, in the order of the file.</summary>
    public IReadOnlyList<ProvedState> States { get; internal set; } = [];

    /// <summary>What an auditor found, once its signature is verified.</summary>
    public Contracts.Protos.AuditBody? Audit { get; internal set; }

    /// <summary>What a record store took in, once the institution's signature is verified.</summary>
    public Contracts.Protos.IntakeBody? Intake { get; internal set; }

    /// <summary>Features that a box computed, once its signature and its ranges are verified.</summary>
    public Contracts.Protos.FeatureBody? Features { get; internal set; }

    /// <summary>What a learner shows, once all of it is verified.</summary>
    public Contracts.Protos.DisclosureBody? Disclosure { get; internal set; }

    /// <summary>The id of what a learner shows: the hash that it signed.</summary>
    public Hash256? DisclosureId { get; internal set; }

    /// <summary>What a learner's export holds, unless it failed.</summary>
    public Exports.ExportFindings? Export { get; internal set; }

    /// <summary>For which height the instances among <see cref="States"/> are judged.</summary>
    public ulong? AsOfHeight { get; internal set; }

    /// <summary>What the verification rests on, as a sentence.</summary>
    public string RootOfTrust { get; internal set; } = string.Empty;

    /// <summary>
    /// Compares a record, as JSON with id and time, with a verified intake receipt, as a further step. What is no
    /// record fails.
    /// </summary>
    public void Compare(ReadOnlySpan<byte> json)
    {
        if (Intake is null || Intakes.IntakeMessages.TypeOf(Intake.Type) is not { } type)
        {
            Fail(StepNames.Inclusion, "There is no verified intake receipt to compare the record with.");
            return;
        }

        try
        {
            Check(
                Intake.Digest.Span.SequenceEqual(Intakes.IntakeMessages.RecordDigestOf(type, json).ToArray()),
                StepNames.Inclusion,
                "The record is the one that the receipt is of.",
                "The record is another one than the receipt is of.");
        }
        catch (Records.RecordFormatException problem)
        {
            Fail(StepNames.Inclusion, $"What was given is no such record: {problem.Message}");
        }
    }

    internal void Pass(string name, string sentence) => steps.Add(new VerificationStep(name, Verdict.Passed, sentence));

    internal void Doubt(string name, string sentence) =>
        steps.Add(new VerificationStep(name, Verdict.Unknown, sentence));

    internal void Fail(string name, string sentence) => steps.Add(new VerificationStep(name, Verdict.Failed, sentence));

    /// <summary>Adds a step and returns whether it holds.</summary>
    internal bool Check(bool holds, string name, string whenItHolds, string whenNot)
    {
        steps.Add(new VerificationStep(
            name, holds ? Verdict.Passed : Verdict.Failed, holds ? whenItHolds : whenNot));
        return holds;
    }
}
