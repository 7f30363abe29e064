import classes from "./path-text.module.css";

/** A path or a patch's name on one line. Where it is too long its beginning is cut: the end tells more. */
export function PathText({ text }: { text: string }) {
  return (
    <span className={classes.path} title={text}>
      <bdi>{text}</bdi>
    </span>
  );
}
