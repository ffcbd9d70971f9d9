using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Limits;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Limits of grants that a reader's node keeps, so that its tools read within them.</summary>
internal static class RecordLimitsCommand
{
    /// <summary>For the institution: hands in what it can open, lists, forgets.</summary>
    public static Command Create(CommandHost host)
    {
        Argument<string?> learner = new("LEARNER")
        {
            Description = "With a verb: whose grant it is.", Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> verb = new("VERB") { Description = "IRI, code or label.", Arity = ArgumentArity.ZeroOrOne };
        LimitsKey openings = new("--opening", "The limits of your grant, as its grantor sealed them to you.");
        Option<string> purpose = Purpose();
        Option<string?> forget = new("--forget")
        {
            Description = "Forget the limits of all grants about this learner.", HelpName = "LEARNER",
        };
        return host.Verb(
            "limits",
            "Lets your node keep the limits of a grant, sealed and as long as the grant lasts, so that your tools read "
                + "within them. Without a learner: lists those that it keeps.",
            "ledger record limits 3f2a… passed --opening akita.limits --encryption-key akita.x25519 --purpose advice",
            [learner, verb, .. openings.All, purpose, forget],
            async (session, cancellation) =>
            {
                Answer answer = new();
                if (session.Get(forget) is { } forgotten)
                {
                    LimitsForgotten gone = await session.Client.ForgetLimitsAsync(
                        Parties.Read(session, forgotten), cancellation).ConfigureAwait(false);
                    answer.Field("forgotten", gone.Grants);
                }
                else if (session.Get(learner) is { } named)
                {
                    LlpcName llpc = new(Parties.Read(session, named), VerbResolver.Resolve(
                        session.Get(verb) ?? throw CommandException.WrongUse("Name the verb of the grant.")));
                    LimitsToKeep request = RequestOf(llpc, session.Get(purpose));
                    request.Openings.AddRange(
                        await openings.OpenAsync(session, llpc, cancellation).ConfigureAwait(false));
                    answer.Field(
                        "grants", await KeepAsync(session.Client, request, cancellation).ConfigureAwait(false));
                }

                LimitsList list = await session.Client.ListLimitsAsync(cancellation).ConfigureAwait(false);
                return answer.Table(
                    "limits",
                    ["learner", "verb", "grant", "purpose", "kept"],
                    list.Limits.Select(static one => new object?[]
                    {
                        Parties.Show(one.Learner), one.Verb, one.Grant,
                        one.Purpose.Length == 0 ? null : one.Purpose, Times.Show(one.KeptUnixMs),
                    }));
            });
    }

    /// <summary>For the learner: hands the file of a grant to the grantee's node.</summary>
    public static Command CreateHandIn(CommandHost host)
    {
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        Argument<string> file = new("FILE") { Description = "The limits as you sealed them: access grant --opening." };
        Option<string> to = new("--to")
        {
            Description = "Who got the grant.", HelpName = "ADDRESS|DOMAIN", Required = true,
        };
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        Option<string> purpose = Purpose();
        return host.Verb(
            "hand-in",
            "Hands the limits of a grant to the node of who got it, for its tools. The file must be sealed to that "
                + "node's own key (ledger key publish --node).",
            "ledger access hand-in passed akita.limits --to akita-u.example --purpose advice",
            [verb, file, to, learner, purpose],
            async (session, cancellation) =>
            {
                Address grantee = await Parties.ReadInstitutionAsync(session, session.Required(to), cancellation)
                    .ConfigureAwait(false);
                LlpcName llpc = new(
                    Parties.Read(session, session.Get(learner) ?? "me"), VerbResolver.Resolve(session.Required(verb)));
                LimitsToKeep request = RequestOf(llpc, session.Get(purpose));
                string path = session.Required(file);
                request.Sealed = new FileInfo(path).Length <= LimitsFile.FileBytesMax
                    ? ByteString.CopyFrom(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false))
                    : throw CommandException.WrongUse($"{path} is too long to hold limits.");
                using LedgerClient node =
                    await BoxFinder.FindAsync(session, grantee, cancellation).ConfigureAwait(false)
                    ?? throw new CommandException(
                        ExitCode.Refused, "The grantee has published no box: give it the file instead.");
                return new Answer().Field(
                    "grants", await KeepAsync(node, request, cancellation).ConfigureAwait(false));
            });
    }

    private static async Task<string> KeepAsync(
        LedgerClient node, LimitsToKeep request, CancellationToken cancellation)
    {
        LimitsKept kept = await node.KeepLimitsAsync(request, cancellation).ConfigureAwait(false);
        return string.Join(", ", kept.Grants);
    }

    private static LimitsToKeep RequestOf(LlpcName llpc, string? purpose) => new()
    {
        Learner = ByteString.CopyFrom(llpc.Learner.ToArray()), Verb = llpc.Verb, Purpose = purpose ?? string.Empty,
    };

    private static Option<string> Purpose() => new("--purpose")
    {
        Description = "For which purpose that the limits name the tools read.",
        DefaultValueFactory = static _ => "", HelpName = "LABEL",
    };
}
