namespace Ledger.Node.Box;

/// <summary>
/// A store cannot be asked now; the text is for the log and quotes nothing of the store's. A store that answers that it
/// has no such record is no failure.
/// </summary>
/// <param name="message">What happened.</param>
/// <param name="cause">What caused it.</param>
public sealed class RecordSourceException(string message, Exception? cause = null) : Exception(message, cause)
{
}
