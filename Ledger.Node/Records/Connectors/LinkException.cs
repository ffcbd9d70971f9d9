namespace Ledger.Node.Records.Connectors;

/// <summary>A link could not do its work; the text is for the administrator and holds no secret.</summary>
/// <param name="message">What happened, and at whose side.</param>
/// <param name="cause">What caused it.</param>
public class LinkException(string message, Exception? cause = null) : Exception(message, cause)
{
}
