using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>Consent policies: the pool from which learners choose.</summary>
internal static class PolicyCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "policy",
        "Consent policies: what a grant promises, in plain words and in clauses.",
        List(host),
        Show(host),
        Propose(host),
        Retire(host));

    private static Option<string> LanguageOption() => new("--language")
    {
        Description = "In which language, where the policy has it.", HelpName = "TAG",
        DefaultValueFactory = static _ => "en",
    };

    private static Command List(CommandHost host)
    {
        Option<string> language = LanguageOption();
        Option<bool> all = new("--all") { Description = "Former versions and retired policies too." };
        return host.Verb(
            "list",
            "Lists the policies that a grant can name.",
            "ledger policy list --language ja",
            [language, all],
            async (session, cancellation) =>
            {
                IReadOnlyList<(PolicyName Name, PolicyVersion Policy)> policies =
                    await PolicyFinder.ListAsync(session, 0, cancellation).ConfigureAwait(false);
                return new Answer().Table(
                    "policies",
                    ["policy", "title", "signed by", "days", "passed on", "from height", "to height"],
                    policies.Where(one => session.Get(all) || one.Policy.Interval.ToHeight == 0).Select(one => Row(
                        one.Name, one.Policy, session.Required(language))));
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> policy = new("POLICY") { Description = "Its number, or number and version: 3.2." };
        Option<string> language = LanguageOption();
        return host.Verb(
            "show",
            "Shows a policy: its words and its clauses.",
            "ledger policy show 3 --language ja",
            [policy, language],
            async (session, cancellation) =>
            {
                (PolicyName name, PolicyVersion found) =
                    await PolicyFinder.FindAsync(session, session.Required(policy), cancellation)
                        .ConfigureAwait(false);
                return Describe(name, found, session.Required(language));
            });
    }

    private static Command Propose(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "The template as JSON: texts and clauses." };
        Option<ulong> policy = new("--policy")
        {
            Description = "The policy whose next version it is; else it is a new one.", HelpName = "NUMBER",
        };
        return host.Verb(
            "propose",
            "Proposes a policy to the members, who vote on it as on every measure: ledger measure vote NUMBER approve",
            "ledger policy propose advice.json",
            [file, policy],
            async (session, cancellation) =>
            {
                string json = await File.ReadAllTextAsync(session.Required(file), cancellation).ConfigureAwait(false);
                return await MeasureBook.SendAsync(
                    session, Operations.PolicyAdopt(Read(json), session.Get(policy)), cancellation)
                    .ConfigureAwait(false);
            });
    }

    private static Command Retire(CommandHost host)
    {
        Argument<ulong> policy = new("POLICY") { Description = "Its number." };
        return host.Verb(
            "retire",
            "Proposes that a policy go out of force. Grants under it stand, and keep it.",
            "ledger policy retire 3",
            [policy],
            (session, cancellation) => MeasureBook.SendAsync(
                session, Operations.PolicyRetire(session.Required(policy)), cancellation));
    }

    private static PolicyTemplate Read(string json)
    {
        try
        {
            PolicyTemplate template = PolicyTemplate.Parser.ParseJson(json);
            return PolicyForm.IsRight(template)
                ? template
                : throw CommandException.WrongUse(
                    "The template is not as it must be: texts by language, verbs, purposes and places in ascending "
                    + "order, at least one right, signatories, and all within the limits of docs/contracts.md.");
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw CommandException.WrongUse($"The file is no template of a policy: {problem.Message}");
        }
    }

    private static object?[] Row(PolicyName name, PolicyVersion policy, string language) =>
    [
        PolicyNames.Show(name),
        TextOf(policy.Template, language).Title,
        Signatories(policy.Template),
        policy.Template.DaysMax == 0 ? (object?)null : policy.Template.DaysMax,
        policy.Template.OnwardSteps,
        policy.Interval.FromHeight,
        policy.Interval.ToHeight == 0 ? (object?)null : policy.Interval.ToHeight,
    ];

    private static Answer Describe(PolicyName name, PolicyVersion policy, string language)
    {
        PolicyTemplate template = policy.Template;
        PolicyText text = TextOf(template, language);
        return new Answer()
            .Field("policy", PolicyNames.Show(name))
            .Field("title", text.Title)
            .Field("language", text.Language)
            .Field("languages", string.Join(", ", template.Texts.Select(static one => one.Language)))
            .Field("text", text.Text)
            .Field("in force", policy.Interval.ToHeight == 0)
            .Table("clauses", ["clause", "checked by", "says"], [
                ["verbs", "contract", Words(template.Verbs, "every verb")],
                ["rights", "contract", OperationText.Describe(template.Rights)],
                ["signatories", "contract", Signatories(template)],
                ["duration", "contract", Days(template.DaysMax, "no bound")],
                ["onward sharing", "contract", $"{template.OnwardSteps} times"],
                ["purposes", "client and box", Words(template.Purposes, "every purpose")],
                ["storage", "client and box", Storage(template)],
                ["withdrawal", "client and box", template.WithdrawalDays == 0
                    ? "copies may stay" : $"copies are erased within {template.WithdrawalDays} days"],
            ]);
    }

    private static PolicyText TextOf(PolicyTemplate template, string language) =>
        template.Texts.FirstOrDefault(one => string.Equals(one.Language, language, StringComparison.OrdinalIgnoreCase))
        ?? template.Texts[0];

    private static string Signatories(PolicyTemplate template) => template.Signatories switch
    {
        PolicySignatories.Learner => "learner",
        PolicySignatories.Institution => "institution",
        PolicySignatories.Either => "learner or institution",
        PolicySignatories.Both => "learner and institution",
        PolicySignatories.Unspecified => "nobody",
        _ => "nobody",
    };

    private static string Storage(PolicyTemplate template) =>
        $"{Words(template.Places, "anywhere")}, {Days(template.RetentionDays, "for any time")}, "
            + (template.Backups ? "with backups" : "without backups");

    private static string Words(IReadOnlyCollection<string> words, string none) =>
        words.Count == 0 ? none : string.Join(", ", words);

    private static string Days(uint days, string none) => days == 0 ? none : $"{days} days";
}
