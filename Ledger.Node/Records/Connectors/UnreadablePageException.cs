namespace Ledger.Node.Records.Connectors;

/// <summary>
/// A page of another store cannot be read as a whole; its records may be, one by one. The text holds nothing of the
/// page.
/// </summary>
/// <param name="message">What is wrong with the page.</param>
internal sealed class UnreadablePageException(string message) : LinkException(message)
{
}
