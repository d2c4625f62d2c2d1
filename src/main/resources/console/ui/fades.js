import { useEffect } from '../vendor/preact.js';

/** For what is moved where it does not fit: it fades out where there is more. */
export function useFades(strip) {
  useEffect(() => {
    const box = strip.current;
    const look = () => {
      box.toggleAttribute('data-before', box.scrollLeft > 1);
      box.toggleAttribute('data-behind', box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
      box.toggleAttribute('data-below', box.scrollTop + box.clientHeight < box.scrollHeight - 1);
    };
    const size = new ResizeObserver(look);
    [box, ...box.children].forEach((one) => size.observe(one));
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      size.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
}
