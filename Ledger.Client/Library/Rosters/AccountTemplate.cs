using System.Text.RegularExpressions;

namespace Ledger.Client.Rosters;

/// <summary>
/// How an account in a tool is made of a roster's user, as the record store keeps accounts: for instance
/// <c>https://moodle.north.example|{username}</c> or <c>mbox|mailto:{email}</c>.
/// </summary>
public sealed partial class AccountTemplate
{
    private readonly string text;

    private AccountTemplate(string text)
    {
        this.text = text;
    }

    /// <summary>
    /// Reads a template: a bar, and one of <c>{username}</c>, <c>{sourcedId}</c>, <c>{identifier}</c> and
    /// <c>{email}</c>. Throws <see cref="FormatException"/>.
    /// </summary>
    public static AccountTemplate Parse(string text) => TemplatePattern().IsMatch(text)
        ? new AccountTemplate(text)
        : throw new FormatException(
            $"\"{text}\" is no account of a roster's user: write HOMEPAGE|{{username}}, or another of {{sourcedId}}, "
            + "{identifier} and {email}.");

    /// <summary>The account of a user, or null where the roster does not have what it is made of.</summary>
    public string? AccountOf(RosterUser user)
    {
        string name = PlacePattern().Match(text).Value;
        string value = name switch
        {
            "{username}" => user.Username,
            "{sourcedId}" => user.SourcedId,
            "{identifier}" => user.Identifier,
            "{email}" => user.Email,
            _ => throw new InvalidOperationException("a template with another place"),
        };
        return value.Length == 0 || value.Any(char.IsControl)
            ? null
            : text.Replace(name, value, StringComparison.Ordinal);
    }

    [GeneratedRegex("""^[^\x00-\x1F|{}]+\|[^\x00-\x1F{}]*\{(username|sourcedId|identifier|email)\}[^\x00-\x1F{}]*$""")]
    private static partial Regex TemplatePattern();

    [GeneratedRegex("""\{[A-Za-z]+\}""")]
    private static partial Regex PlacePattern();
}
