using System.CommandLine;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Who may read, write and pass on: asked for, granted, revoked.</summary>
internal static class AccessCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "access",
        "Who may read and write: ask, grant, revoke.",
        Request(host),
        RequestClassCommand.Create(host),
        AnswersCommand.Create(host),
        InboxCommand.Create(host),
        Withdraw(host),
        GrantCommand.Create(host),
        RecordLimitsCommand.CreateHandIn(host),
        Deny(host),
        Revoke(host),
        Renounce(host),
        AccessListCommand.Create(host),
        AccessLogCommand.Create(host));

    private static Argument<string> LearnerArgument() => new("LEARNER")
    {
        Description = "The learner's address, or me.",
    };

    private static Argument<string> VerbArgument() => new("VERB") { Description = "IRI, code such as 0x34, or label." };

    private static Command Request(CommandHost host)
    {
        Argument<string> learner = LearnerArgument();
        Argument<string> verb = VerbArgument();
        RequestOptions options = new();
        return host.Verb(
            "request",
            "Asks a learner for rights on the records of a verb.",
            "ledger access request 3f2a… passed --rights read --policy 3 --purpose \"Advice for the spring term\"",
            [learner, verb, .. options.Symbols],
            async (session, cancellation) =>
            {
                (Address, string) target = (
                    Parties.Read(session, session.Required(learner)), VerbResolver.Resolve(session.Required(verb)));
                RequestTerms terms = await options.ReadAsync(session, cancellation).ConfigureAwait(false);
                IReadOnlyList<Operation> made = await terms.MakeAsync(session, [target], cancellation)
                    .ConfigureAwait(false);
                return await TransactionSender.SendAsync(session, cancellation, [.. made]).ConfigureAwait(false);
            });
    }

    private static Command Withdraw(CommandHost host)
    {
        Argument<string> learner = LearnerArgument();
        Argument<string> verb = VerbArgument();
        Argument<ulong> request = new("REQUEST") { Description = "Its number." };
        return host.Verb(
            "withdraw",
            "Takes a request back that you have made.",
            "ledger access withdraw 3f2a… passed 1",
            [learner, verb, request],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.LlpcWithdraw(
                Parties.Read(session, session.Required(learner)),
                VerbResolver.Resolve(session.Required(verb)),
                session.Required(request))));
    }

    private static Command Deny(CommandHost host)
    {
        Argument<string> verb = VerbArgument();
        Argument<ulong> request = new("REQUEST") { Description = "Its number in the inbox." };
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "deny", "Denies a request.", "ledger access deny passed 1", [verb, request, learner],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.LlpcDeny(
                Parties.Read(session, session.Required(learner)),
                VerbResolver.Resolve(session.Required(verb)),
                session.Required(request))));
    }

    private static Command Revoke(CommandHost host)
    {
        Argument<string> verb = VerbArgument();
        Argument<ulong> grant = new("GRANT")
        {
            Description = "The grant's number.", DefaultValueFactory = static _ => 0,
        };
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me",
        };
        Option<string?> institution = new("--institution")
        {
            Description = "Instead of a grant: the default right of an institution that you have left.",
                HelpName = "ADDRESS|DOMAIN",
        };
        return host.Verb(
            "revoke",
            "Revokes a grant and everything that was passed on under it.",
            "ledger access revoke passed 2",
            [verb, grant, learner, institution],
            async (session, cancellation) =>
            {
                string iri = VerbResolver.Resolve(session.Required(verb));
                Address owner = Parties.Read(session, session.Required(learner));
                if ((session.Required(grant) == 0) == (session.Get(institution) is null))
                {
                    throw CommandException.WrongUse("Name either the number of a grant or an --institution.");
                }

                Operation operation = session.Get(institution) is { } named
                    ? Operations.LlpcRevokeInstitution(
                        owner,
                        iri,
                        await Parties.ReadInstitutionAsync(session, named, cancellation).ConfigureAwait(false))
                    : Operations.LlpcRevoke(owner, iri, session.Required(grant));
                return await TransactionSender.SendAsync(session, cancellation, operation).ConfigureAwait(false);
            });
    }

    private static Command Renounce(CommandHost host)
    {
        Argument<string> learner = LearnerArgument();
        Argument<string> verb = VerbArgument();
        Argument<ulong> grant = new("GRANT") { Description = "The grant's number." };
        return host.Verb(
            "renounce",
            "Gives up a grant that you have.",
            "ledger access renounce 3f2a… passed 2",
            [learner, verb, grant],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.LlpcRenounce(
                Parties.Read(session, session.Required(learner)),
                VerbResolver.Resolve(session.Required(verb)),
                session.Required(grant))));
    }
}
