using MimeKit;

namespace Ledger.Node.Configuration;

/// <summary>Mail addresses as they may be named: one, bare, as one types it.</summary>
internal static class MailNames
{
    /// <summary>The longest address that mail knows (RFC 5321, 4.5.3.1).</summary>
    public const int BytesMax = 254;

    /// <summary>Whether a text is a mail address, without a name beside it.</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 0 and <= BytesMax
        && text.All(static sign => char.IsAscii(sign) && !char.IsControl(sign))
        && MailboxAddress.TryParse(text, out MailboxAddress? mailbox)
        && mailbox!.Address == text && string.IsNullOrEmpty(mailbox.Name) && mailbox.Route.Count == 0
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and int at && at < text.Length - 1;
}
