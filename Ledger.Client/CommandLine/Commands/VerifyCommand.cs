using System.CommandLine;
using Ledger.Client.Exports;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Commands;

/// <summary>Verifies proof files, offline.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE")
        {
            Description = "A receipt of the ledger or of a record store, a proof of state, records or features that "
                + "were read, what a learner shows, or everything about one.",
        };
        Option<string?> genesis = GenesisOption();
        Option<string?> checkpoint = CheckpointOption();
        Option<string?> record = new("--record")
        {
            Description = "The record that an intake receipt is of, as JSON with its id and time.", HelpName = "FILE",
        };
        Option<bool> online = new("--online")
        {
            Description = "Ask the node that a disclosure names whether its learner has withdrawn it.",
        };
        return host.Verb(
            "verify",
            "Verifies a proof file without asking any node.",
            "ledger verify receipt.proof --genesis genesis.ledger",
            [file, genesis, checkpoint, record, online],
            async (session, cancellation) =>
            {
                VerificationReport report = Verify(
                    session, session.Required(file), session.Get(checkpoint), session.Get(genesis));
                if (session.Get(record) is { } compared)
                {
                    report.Compare(File.ReadAllBytes(compared));
                }

                await DisclosureStandings.JudgeAsync(session, report, session.Get(online), cancellation)
                    .ConfigureAwait(false);
                return Describe(report);
            });
    }

    public static Option<string?> GenesisOption() => new("--genesis")
    {
        Description = "Genesis document to trust (else the profile's).", HelpName = "FILE",
    };

    public static Option<string?> CheckpointOption() => new("--checkpoint")
    {
        Description = "Checkpoint to trust, from a source that you trust.", HelpName = "FILE",
    };

    /// <summary>Verifies a file; a file of another than the expected kind is wrong use.</summary>
    public static Answer Run(
        Session session, string file, string? checkpoint, string? genesis, string expectedKind)
    {
        VerificationReport report = Verify(session, file, checkpoint, genesis);
        return report.Kind == expectedKind || report.Kind == "unknown"
            ? Describe(report)
            : throw CommandException.WrongUse(
                $"{file} is a proof of another kind: {report.Kind}. Use: ledger verify {file}");
    }

    /// <summary>The bytes of a file that may be a proof.</summary>
    public static byte[] Load(string file) => new FileInfo(file).Length <= ProofVerifier.FileBytesMax
        ? File.ReadAllBytes(file)
        : throw CommandException.WrongUse($"{file} is too long to be a proof.");

    /// <summary>A report as an answer, with the exit code that it gives.</summary>
    public static Answer Describe(VerificationReport report)
    {
        Answer answer = new Answer()
            .Field("kind", report.Kind)
            .Field("verdict", Word(report.Verdict))
            .Field("height", report.Height)
            .Field("block time", report.BlockTimeUnixMs is { } time ? Times.Show(time) : null)
            .Field("root of trust", report.RootOfTrust);
        if (report.Kind == "receipt")
        {
            answer.Field("transaction", report.TransactionId?.ToString())
                .Field("result", report.Result is null ? null : Names.Of(report.Result.Code));
        }

        if (report.States.Count > 0)
        {
            answer.Field("as of height", report.AsOfHeight ?? report.Height)
                .Table("states", ["kind", "present", .. StateRows.Columns], report.States.Select(Row));
        }

        if (report.Intake is { } intake)
        {
            answer.Field("institution", Parties.Show(intake.Institution))
                .Field("type", intake.Type)
                .Field("id", intake.Id)
                .Field("stored", Times.Show(intake.StoredUnixMs))
                .Field("signed", Times.Show(intake.SignedUnixMs))
                .Field("commitment", Convert.ToHexStringLower(intake.Commitment.Span));
        }

        if (report.Disclosure is { } disclosure)
        {
            DisclosureAnswer.Describe(answer, disclosure);
        }

        if (report.Audit is { } audit)
        {
            AuditCommand.Describe(audit, answer);
        }

        if (report.Features is { } features)
        {
            FeatureText.Describe(features, answer);
        }

        if (report.Export is { } export)
        {
            ExportText.Describe(export, answer);
        }

        return answer
            .Table("steps", ["step", "verdict", "finding"], report.Steps.Select(
                static step => new object?[] { step.Name, Word(step.Verdict), step.Sentence }))
            .With(report.Verdict switch
            {
                Verdict.Passed => ExitCode.Done,
                Verdict.Unknown => ExitCode.Undecided,
                Verdict.Failed => ExitCode.NotVerified,
                _ => ExitCode.Internal,
            });
    }

    private static VerificationReport Verify(Session session, string file, string? checkpoint, string? genesis)
    {
        TrustRoot trust = session.OpenTrust(checkpoint, genesis);
        if (ExportReader.IsExport(file))
        {
            using FileStream stream = File.OpenRead(file);
            return ExportCheck.Run(stream, trust);
        }

        return new FileInfo(file).Length > ProofVerifier.FileBytesMax
            ? throw CommandException.WrongUse($"{file} is too long to be a proof.")
            : ProofVerifier.Verify(File.ReadAllBytes(file), trust);
    }

    private static object?[] Row(ProvedState state)
    {
        string kind = StateValues.ParserOf(state.Key.Kind) is null ? "unknown" : StateKinds.NameOf(state.Key.Kind);
        object?[] rest = state.Value is { } value
            ? StateRows.Of(state.Key, value, state.Validity)
            : [StateParts.Rest(state.Key), StateParts.NumberOf(state.Key), null, null, null, null, null, null];
        return [kind, state.IsPresent, .. rest];
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "pass",
        Verdict.Unknown => "unknown",
        Verdict.Failed => "fail",
        _ => "unknown",
    };
}
