using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace SocialHub.Moderation.Markup;

/// <summary>Markdig with only the parsers that comments need.</summary>
internal static class SmallMarkdown
{
    public static MarkdownPipeline Pipeline { get; } = Build(new MarkdownPipelineBuilder());

    /// <summary>The same, which also tells where in the text each part stands.</summary>
    public static MarkdownPipeline Located { get; } = Build(new MarkdownPipelineBuilder().UsePreciseSourceLocation());

    private static MarkdownPipeline Build(MarkdownPipelineBuilder builder)
    {
        builder.DisableHtml().UseSoftlineBreakAsHardlineBreak();
        builder.UseAutoLinks(new AutoLinkOptions { ValidPreviousCharacters = "*_~(" });
        builder.BlockParsers.TryRemove<HeadingBlockParser>();
        builder.BlockParsers.TryRemove<FencedCodeBlockParser>();
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        builder.BlockParsers.TryRemove<HtmlBlockParser>();
        builder.BlockParsers.Find<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        builder.InlineParsers.TryRemove<HtmlEntityParser>();
        builder.Extensions.AddIfNotAlready<PicturesAsText>();
        return builder.Build();
    }

    /// <summary>A picture's description is kept as text: nothing that the author wrote vanishes.</summary>
    private sealed class PicturesAsText : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
            if (renderer is HtmlRenderer html) html.ObjectRenderers.Replace<LinkInlineRenderer>(new TextOfPicture());
        }

        private sealed class TextOfPicture : LinkInlineRenderer
        {
            protected override void Write(HtmlRenderer renderer, LinkInline link)
            {
                if (link.IsImage) renderer.WriteChildren(link);
                else base.Write(renderer, link);
            }
        }
    }
}
