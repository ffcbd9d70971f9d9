using System.Net;
using System.Text;

namespace Ledger.Benchmarks.Reporting;

/// <summary>Writes HTML; text is escaped.</summary>
public sealed class HtmlText
{
    private readonly StringBuilder text = new();

    /// <summary>Begins an element.</summary>
    public HtmlText Open(string element)
    {
        text.Append('<').Append(element).Append('>');
        return this;
    }

    /// <summary>Ends one.</summary>
    public HtmlText Close(string element)
    {
        text.Append("</").Append(element).Append(">\n");
        return this;
    }

    /// <summary>An element with text in it.</summary>
    public HtmlText Element(string element, string content) => Open(element).Text(content).Close(element);

    /// <summary>Text.</summary>
    public HtmlText Text(string content)
    {
        text.Append(WebUtility.HtmlEncode(content));
        return this;
    }

    /// <summary>A link within the page's folder.</summary>
    public HtmlText Link(string target, string content)
    {
        text.Append("<a href=\"").Append(WebUtility.HtmlEncode(target)).Append("\">");
        return Text(content).Close("a");
    }

    /// <summary>Markup that another writer has made.</summary>
    public HtmlText Markup(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
